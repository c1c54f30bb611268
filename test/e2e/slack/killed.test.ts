import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../src/db/client.ts';
import { testDatabase } from '../../db/database.ts';
import { wavSong } from './sound.ts';
import { BOT_TOKEN, freePort, startWorkspace, type Workspace } from './workspace.ts';

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

/** `npm start` as a process of its own. Resolves when it is ready. */
async function start(): Promise<ChildProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: db.url,
      ENCORE_DATA_DIR: dataDir,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: workspace.signingSecret,
      SLACK_API_URL: workspace.apiUrl,
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  for await (const chunk of child.stderr ?? []) if (String(chunk).includes('"ready"')) break;
  workspace.appUrl = `http://127.0.0.1:${port}`;
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
