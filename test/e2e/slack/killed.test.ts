import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../src/db/client.ts';
import { testDatabase } from '../../db/database.ts';
import { startProcess } from './process.ts';
import { wavSong } from './sound.ts';
import { startWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
let db: Database;
let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  workspace = await startWorkspace();
  db = await testDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'encore-killed-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await workspace.close();
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<ChildProcess> {
  const { child } = await startProcess(workspace, { databaseUrl: db.url, dataDir });
  children.push(child);
  return child;
}

const words = async (ts: string) => JSON.stringify(await workspace.thread(ts));

test('killed in the middle of a score and started again, the app answers once', async () => {
  const first = await start();
  const { fileId, ts } = await workspace.share('unlucky.wav', wavSong(90));
  await workspace.event({ type: 'file_shared', file_id: fileId, user_id: workspace.userId, channel_id: workspace.channel, event_ts: '1' }, 'EvKilled');
  await expect.poll(async () => await words(ts), { timeout: 30_000, interval: 50 }).toContain('Listening');
  first.kill('SIGKILL');
  await once(first, 'exit');
  expect(await words(ts)).not.toContain('of 100');

  await start();
  await expect.poll(async () => await words(ts), { timeout: 60_000, interval: 500 }).toContain('of 100');
  expect(await workspace.thread(ts)).toHaveLength(1);
  expect(await db.sql`select from demo where slack_file_id = ${fileId}`).toHaveLength(1);
  await expect.poll(async () => await readdir(join(dataDir, 'staging')), { timeout: 10_000 }).toEqual([]);
}, 120_000);

test('told to stop while it works, the app finishes what it has and then ends', async () => {
  const child = children.at(-1) as ChildProcess;
  const { fileId, ts } = await workspace.share('polite.wav', wavSong(60));
  await workspace.event({ type: 'file_shared', file_id: fileId, user_id: workspace.userId, channel_id: workspace.channel, event_ts: '1' });
  await expect.poll(async () => await words(ts), { timeout: 30_000, interval: 50 }).toContain('Listening');
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
  expect(await words(ts)).toContain('of 100');
}, 60_000);
