import { readdir } from 'node:fs/promises';
import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkBlocks } from '../../../src/console/block-check.ts';
import { stagingDir } from '../../../src/config.ts';
import { startApp, type RunningApp } from './app.ts';
import { dropFile, refused, replyTo as replyInThread, scored, sharedEvent } from './drop.ts';
import { wavSilence, wavSong } from './sound.ts';
import { BOT_TOKEN, startWorkspace, type Workspace } from './workspace.ts';

const ANSWER_MS = 30_000;
const song = wavSong(48);

let workspace: Workspace;
let app: RunningApp;

beforeAll(async () => {
  workspace = await startWorkspace();
  app = await startApp(workspace);
});
afterAll(async () => {
  await app.stop();
  await workspace.close();
});
beforeEach(() => {
  workspace.proxy.fault = () => undefined;
  workspace.proxy.calls.length = 0;
});

const shared = (fileId: string) => sharedEvent(workspace, fileId);
const replyTo = async (ts: string, settled: (words: string) => boolean) => await replyInThread(workspace, ts, settled);
const drop = async (name: string, bytes: Uint8Array, settled = scored) => await dropFile(workspace, name, bytes, settled);

const demos = async (fileId: string) => await app.db.sql`select demo.id from demo join score on score.demo_id = demo.id where slack_file_id = ${fileId}`;

test('a dropped demo is scored in its thread, in one message that showed progress before', async () => {
  const { fileId, reply } = await drop('our demo.wav', song);
  for (const part of ['our demo', 'of 100', 'Demonstration', 'Plays per listener']) expect(reply.words).toContain(part);
  expect(reply.blocks.some(({ type }) => type === 'image')).toBe(true);
  const posts = workspace.proxy.calls.filter(({ method }) => method === 'chat.postMessage');
  const updates = workspace.proxy.calls.filter(({ method }) => method === 'chat.update');
  expect(posts).toHaveLength(1);
  expect(JSON.stringify(posts[0].sent)).toContain('Fetching');
  expect(JSON.stringify(updates.map(({ sent }) => sent))).toContain('Listening');
  for (const { sent } of [...posts, ...updates]) expect(checkBlocks(sent['blocks'] as never, 50, () => true)).toEqual([]);
  expect(await demos(fileId)).toHaveLength(1);
});

test('the same event delivered three times gives one answer', async () => {
  const { fileId, ts } = await workspace.share('thrice.wav', song);
  const deliveries = await Promise.all([1, 2, 3].map(async () => await workspace.event(shared(fileId), 'EvThrice')));
  expect(deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
  await replyTo(ts, scored);
  await workspace.event(shared(fileId), 'EvThrice');
  const jobs = await app.db.sql<{ state: string }[]>`select state from job.job where name = 'score-demo' and data->>'fileId' = ${fileId}`;
  expect(jobs).toHaveLength(1);
  expect(await workspace.thread(ts)).toHaveLength(1);
});

test.each([
  ['silence.wav', wavSilence(20), 'silent'],
  ['short.wav', wavSong(2), 'at least 5 s'],
  ['not-audio.mp3', Buffer.from('just some text, not music. '.repeat(400)), 'not'],
  ['cut.wav', wavSong(30).slice(0, 40), ''],
])('%s gets one clear refusal, and no reference: nothing failed', async (name, bytes, part) => {
  const { reply } = await drop(name, bytes, refused);
  expect(reply.words).toContain(part);
  expect(reply.words).not.toContain('Reference');
});

test("a picture or document in a channel is nobody's demo: nothing is said", async () => {
  const { fileId, ts } = await workspace.share('cover.png', Buffer.from('89504e470d0a1a0a', 'hex'));
  await workspace.event(shared(fileId));
  await expect.poll(async () => (await app.db.sql`select from job.job where data->>'fileId' = ${fileId} and state = 'completed'`).length, { timeout: ANSWER_MS }).toBe(1);
  expect(await workspace.thread(ts)).toEqual([]);
});

test.each([
  ['a file deleted before it was fetched', 'file_deleted', 'no longer in Slack'],
  ['a missing scope', 'missing_scope', 'files:read'],
])('%s is told to the one who shared it, and to nobody else', async (_what, refusal, part) => {
  const { fileId } = await workspace.share('unknown.wav', song);
  workspace.proxy.fault = (method) => (method === 'files.info' ? { status: 200, body: { ok: false, error: refusal } } : undefined);
  await workspace.event(shared(fileId));
  await expect.poll(() => JSON.stringify(workspace.proxy.calls.filter(({ method }) => method === 'chat.postEphemeral')), { timeout: ANSWER_MS }).toContain(part);
  expect(workspace.proxy.calls.some(({ method, sent }) => method === 'chat.postEphemeral' && sent['user'] === workspace.userId)).toBe(true);
  expect(workspace.proxy.calls.some(({ method }) => method === 'chat.postMessage')).toBe(false);
});

test('when someone deletes the progress message, the answer comes as a new one', async () => {
  const bot = new WebClient(BOT_TOKEN, { slackApiUrl: workspace.apiUrl });
  const { fileId, ts } = await workspace.share('tidied.wav', song);
  let deleted = false;
  workspace.proxy.fault = (method) => {
    if (method === 'files.getUploadURLExternal' && !deleted) {
      deleted = true;
      const posted = workspace.proxy.calls.find((call) => call.method === 'chat.postMessage')?.answered['ts'];
      void bot.chat.delete({ channel: workspace.channel, ts: String(posted) });
    }
    return undefined;
  };
  await workspace.event(shared(fileId));
  const reply = await replyTo(ts, scored);
  expect(deleted).toBe(true);
  expect(reply.words).toContain('tidied');
});

test('where the app may not write, it does not try again and again', async () => {
  const { fileId } = await workspace.share('elsewhere.wav', song);
  workspace.proxy.fault = (method) => (method === 'chat.postMessage' ? { status: 200, body: { ok: false, error: 'not_in_channel' } } : undefined);
  await workspace.event(shared(fileId));
  await expect.poll(async () => (await app.db.sql`select from job.job where data->>'fileId' = ${fileId} and state = 'completed' and retry_count = 0`).length, { timeout: ANSWER_MS }).toBe(1);
});

test('a demo that fails every time is said to have failed, once', async () => {
  const { fileId, ts } = await workspace.share('hopeless.wav', song);
  await app.db.sql`update job.queue set retry_limit = 0 where name = 'score-demo'`;
  workspace.proxy.fault = (method, sent) => (method === 'chat.update' && JSON.stringify(sent).includes('of 100') ? { status: 500 } : undefined);
  await workspace.event(shared(fileId));
  const reply = await replyTo(ts, (words) => words.includes('failed several times'));
  await app.db.sql`update job.queue set retry_limit = 4 where name = 'score-demo'`;
  expect(reply.words).toContain('share it again');
}, 60_000);

test('Slack asking to slow down and failing for a while delays the answer and does not lose it', async () => {
  const failures = [{ status: 429, headers: { 'retry-after': '1' } }, { status: 500 }];
  workspace.proxy.fault = (method) => (method === 'chat.update' ? failures.shift() : undefined);
  const { reply } = await drop('patience.wav', song);
  expect(failures).toEqual([]);
  expect(reply.words).toContain('patience');
});

test('deleting the file deletes its score and the message that told it', async () => {
  const { fileId, ts } = await drop('secret.wav', song);
  expect(await demos(fileId)).toHaveLength(1);
  const [{ picture }] = await app.db.sql<{ picture: string }[]>`select picture_id as picture from reply where request_id = ${`${fileId}:${workspace.channel}`}`;
  await workspace.event({ type: 'file_deleted', file_id: fileId, event_ts: '2' });
  await expect.poll(async () => (await demos(fileId)).length, { timeout: ANSWER_MS }).toBe(0);
  await expect.poll(async () => await workspace.thread(ts), { timeout: ANSWER_MS }).toEqual([]);
  await expect.poll(() => workspace.proxy.calls.filter(({ method }) => method === 'files.delete').map(({ sent }) => sent['file']), { timeout: ANSWER_MS }).toEqual([picture]);
});

test("the app's own uploads are not scored", async () => {
  const bot = await new WebClient(BOT_TOKEN, { slackApiUrl: workspace.apiUrl }).auth.test();
  const { fileId } = await workspace.share('own.wav', song);
  expect(await workspace.event({ ...shared(fileId), user_id: bot.user_id })).toMatchObject({ status: 200 });
  expect(await app.db.sql`select from job.job where data->>'fileId' = ${fileId}`).toHaveLength(0);
});

test('an event that can not be queued is not acknowledged, so that Slack delivers it again', async () => {
  await app.db.sql`alter table slack_event rename to slack_event_away`;
  const first = await workspace.event(shared('F0'), 'EvAgain').finally(async () => await app.db.sql`alter table slack_event_away rename to slack_event`);
  expect(first.status).toBe(500);
  expect(await app.db.sql`select from slack_event where event_id = 'EvAgain'`).toHaveLength(0);
  expect(await workspace.event(shared('F0'), 'EvAgain')).toMatchObject({ status: 200 });
});

test('no upload is left in the staging folder', async () => {
  expect(await readdir(stagingDir(app.config))).toEqual([]);
});
