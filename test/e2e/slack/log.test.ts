import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../src/db/client.ts';
import { testDatabase } from '../../db/database.ts';
import { dropFile, refused, scored, sharedEvent } from './drop.ts';
import { startProcess, type AppProcess } from './process.ts';
import { wavSong } from './sound.ts';
import { BOT_TOKEN, startWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
let db: Database;
let dataDir: string;
let app: AppProcess;

beforeAll(async () => {
  workspace = await startWorkspace();
  db = await testDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'encore-log-'));
  app = await startProcess(workspace, { databaseUrl: db.url, dataDir, logLevel: 'trace' });
});
afterAll(async () => {
  app.child.kill('SIGKILL');
  await workspace.close();
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('a scoring with every kind of failure, told at the most talkative level, names neither title nor file nor address', async () => {
  const failures: { method: string; status: number; headers?: Record<string, string>; body?: unknown }[] = [
    { method: 'chat.update', status: 429, headers: { 'retry-after': '1' } },
    { method: 'chat.update', status: 500, body: { title: 'canary', url: 'https://files.slack.com/canary' } },
    { method: 'files.getUploadURLExternal', status: 200, body: { ok: false, error: 'fatal_error', response_metadata: { messages: ['canary'] } } },
    { method: 'chat.update', status: 200, body: { ok: false, error: 'invalid_blocks', response_metadata: { messages: ['[ERROR] canary'] } } },
    { method: 'files.info', status: 200, body: { ok: false, error: 'internal_error', file: { title: 'canary' } } },
    { method: 'chat.postMessage', status: 200, body: { ok: false, error: 'internal_error', message: { text: 'canary' } } },
  ];
  const { fileId, ts } = await workspace.share('canary ballad.wav', wavSong(40));
  workspace.proxy.fault = (method) => {
    const place = failures.findIndex((failure) => failure.method === method);
    return place < 0 ? undefined : failures.splice(place, 1)[0];
  };
  await workspace.event(sharedEvent(workspace, fileId));
  await expect.poll(async () => (await workspace.thread(ts)).some(({ text }) => scored(text)), { timeout: 60_000 }).toBe(true);
  await dropFile(workspace, 'canary ballad again.wav', wavSong(40));
  await dropFile(workspace, 'canary noise.mp3', Buffer.from('canary canary '.repeat(200)), refused);
  // A row that the table refuses: PostgreSQL's error holds the whole of it.
  await db.sql`alter table demo add constraint no_songs check (title not like '%waltz%')`;
  await db.sql`update job.queue set retry_limit = 0 where name = 'score-demo'`;
  await dropFile(workspace, 'canary waltz.wav', wavSong(41), (words) => words.includes('failed several times'));
  await workspace.event({ type: 'file_deleted', file_id: fileId, event_ts: '2' });
  await expect.poll(() => app.output(), { timeout: 30_000 }).toContain('"forgotten"');
  app.child.kill('SIGTERM');
  await once(app.child, 'exit');

  expect(failures).toEqual([]);
  for (const part of ['job failed', 'no_songs']) expect(app.output()).toContain(part);
  for (const secret of [/canary/i, /ballad|waltz/i, /\w+:\/\/(?!\/)/, new RegExp(BOT_TOKEN), new RegExp(fileId)]) expect(app.output().split('\n').filter((line) => secret.test(line))).toEqual([]);
}, 120_000);
