import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { stagingDir } from '../../../src/config.ts';
import { startApp, type RunningApp } from './app.ts';
import { dropFile, pressIn, refused, replyTo, scored, sharedEvent, type Button } from './drop.ts';
import { wavSong } from './sound.ts';
import { startWorkspace, type Workspace } from './workspace.ts';

const song = wavSong(80);
const hash = createHash('sha256').update(song).digest('hex');
let workspace: Workspace;
let app: RunningApp;
const modes: Record<string, string> = {};

beforeAll(async () => {
  workspace = await startWorkspace();
  app = await startApp(workspace);
  const { work } = app.services;
  const run = work.run;
  work.run = async (name, input) => {
    if (name === 'analyseAudio' && 'path' in input) for (const path of [input.path, dirname(input.path), stagingDir(app.config)]) modes[path] = ((await stat(path)).mode & 0o777).toString(8);
    return (await run(name, input)) as never;
  };
});
afterAll(async () => {
  await app.stop();
  await workspace.close();
});
beforeEach(() => {
  workspace.proxy.fault = () => undefined;
  workspace.proxy.calls.length = 0;
});

/** Every table of the database, the job queue's own included, with a row that holds one of the words. */
async function tablesHolding(words: string[]): Promise<string[]> {
  const tables = await app.db.sql<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['public.demo', 'public.score', 'public.reply', 'public.slack_event', 'job.job_common']));
  const holding: string[] = [];
  for (const { name } of tables) {
    const rows = await app.db.sql.unsafe(`select from ${name} as t where exists (select from unnest($1::text[]) as word where strpos(t::text, word) > 0) limit 1`, [words]);
    if (rows.length > 0) holding.push(name);
  }
  return holding;
}

const deleteInSlack = async (fileId: string) => await workspace.event({ type: 'file_deleted', file_id: fileId, event_ts: '2' });
const uploaded = () => workspace.proxy.calls.filter(({ method, sent }) => method === 'files.getUploadURLExternal' && String(sent['filename']).startsWith('score')).map(({ answered }) => answered['file_id']);
const deleted = () => workspace.proxy.calls.filter(({ method }) => method === 'files.delete').map(({ sent }) => sent['file']);
const buttonOf = (blocks: { type: string; elements?: Button[] }[], id: string) => {
  const { action_id, value } = blocks.flatMap(({ elements }) => elements ?? []).find(({ action_id }) => action_id === id) as Button;
  return { action_id, value };
};

test('after a file is deleted in Slack nothing of it is left: no row of any table, no message, no picture', async () => {
  const dropped = await dropFile(workspace, 'canary one.wav', song);
  const words = [dropped.fileId, hash, 'canary one'];
  expect(await tablesHolding(words)).toEqual(expect.arrayContaining(['public.demo', 'public.reply', 'job.job_common']));
  await pressIn(workspace, dropped, buttonOf(dropped.reply.blocks, 'score_part:0'));
  await expect.poll(async () => await app.db.sql`select from score where hook_by = 'user'`, { timeout: 20_000 }).toHaveLength(1);
  await replyTo(workspace, dropped.ts, scored);
  await pressIn(workspace, dropped, buttonOf(dropped.reply.blocks, 'score_why'));
  await expect.poll(async () => (await workspace.thread(dropped.ts)).length, { timeout: 20_000 }).toBe(2);
  await expect.poll(async () => await app.db.sql`select from reply where answered_at is null`, { timeout: 20_000 }).toEqual([]);
  await deleteInSlack(dropped.fileId);
  await expect.poll(async () => await tablesHolding(words), { timeout: 30_000 }).toEqual([]);
  expect(await workspace.thread(dropped.ts)).toEqual([]);
  expect(uploaded()).toHaveLength(3);
  expect(deleted().sort()).toEqual(uploaded().sort());
});

test('a refusal, too, leaves nothing', async () => {
  const { fileId, ts } = await dropFile(workspace, 'canary two.wav', Buffer.from('no music at all '.repeat(100)), refused);
  await deleteInSlack(fileId);
  await expect.poll(async () => await tablesHolding([fileId, 'canary two']), { timeout: 30_000 }).toEqual([]);
  expect(await workspace.thread(ts)).toEqual([]);
});

test('a file deleted while it is being scored leaves nothing, once the score is done', async () => {
  const { fileId, ts } = await workspace.share('canary three.wav', wavSong(81));
  let gone = false;
  workspace.proxy.fault = (method, { file, filename }) => {
    if (method === 'files.getUploadURLExternal' && String(filename).startsWith('score') && !gone) {
      gone = true;
      void deleteInSlack(fileId);
    }
    return gone && method === 'files.info' && file === fileId ? { status: 200, body: { ok: false, error: 'file_deleted' } } : undefined;
  };
  await workspace.event(sharedEvent(workspace, fileId));
  await expect.poll(() => gone, { timeout: 30_000 }).toBe(true);
  await expect.poll(async () => await tablesHolding([fileId, 'canary three']), { timeout: 30_000 }).toEqual([]);
  expect(await workspace.thread(ts)).toEqual([]);
  expect(deleted().sort()).toEqual(uploaded().sort());
}, 60_000);

test('a staged file is for the process alone, and only while it is listened to', async () => {
  await dropFile(workspace, 'canary four.wav', wavSong(30));
  expect(Object.entries(modes).length).toBeGreaterThan(2);
  for (const [path, mode] of Object.entries(modes)) expect([path, mode]).toEqual([path, path.endsWith('/upload') ? '600' : '700']);
  expect(await readdir(stagingDir(app.config))).toEqual([]);
});
