import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkBlocks } from '../../../src/console/block-check.ts';
import { startApp, type RunningApp } from './app.ts';
import { pressIn } from './drop.ts';
import { wavSong } from './sound.ts';
import { startWorkspace, type Workspace } from './workspace.ts';

const ANSWER_MS = 60_000;

let workspace: Workspace;
/** Two processes' worth of workers on one database. */
let apps: RunningApp[];

beforeAll(async () => {
  workspace = await startWorkspace();
  const first = await startApp(workspace);
  apps = [first, await startApp(workspace, first.db)];
});
afterAll(async () => {
  for (const app of apps.toReversed()) await app.stop();
  await workspace.close();
});
beforeEach(() => {
  workspace.proxy.fault = () => undefined;
  workspace.proxy.calls.length = 0;
});

const SONGS = [wavSong(20), wavSong(24), wavSong(28)];
const NO_AUDIO = Buffer.from('just some text, not music. '.repeat(400));
const shared = (fileId: string) => ({ type: 'file_shared', file_id: fileId, user_id: workspace.userId, channel_id: workspace.channel, event_ts: '1' });

/** Shares files in one message; Slack tells of each, `times` times, the first of them last. */
async function drop(files: [string, Uint8Array][], times = 1) {
  const { fileIds, ts } = await workspace.shareTogether(files);
  for (let time = 0; time < times; time += 1) for (const fileId of fileIds.toReversed()) await workspace.event(shared(fileId), `Ev${fileId}`);
  return { fileIds, ts };
}

/** Waits until nothing is left to do. */
async function settled() {
  const left = async () => (await apps[0].db.sql`select from job.job where name in ('receive-file', 'score-demo', 'score-demo-failed', 'compare-demos', 'forget-demo') and state in ('created', 'active', 'retry')`).length;
  await expect.poll(left, { timeout: ANSWER_MS, interval: 100 }).toBe(0);
}
const shootOuts = async (ts: string) => (await workspace.thread(ts)).filter(({ text }) => text.includes('Shoot-out of'));

test('demos of one message, delivered three times to two workers, are scored each in its own message and then compared once in the thread', async () => {
  const { ts } = await drop([['one.wav', SONGS[0]], ['two.wav', SONGS[1]], ['three.wav', SONGS[2]]], 3);
  await settled();
  const thread = await workspace.thread(ts);
  expect(thread).toHaveLength(4);
  expect(thread.at(-1)?.text).toContain('Shoot-out of 3 demos');
  expect(thread.at(-1)?.blocks.some(({ type }) => type === 'image')).toBe(true);
  expect(JSON.stringify(thread.at(-1)?.blocks)).not.toContain('compare_post');
  for (const { sent } of workspace.proxy.calls.filter(({ method }) => method === 'chat.postMessage')) expect(checkBlocks(sent['blocks'] as never, 50, () => true)).toEqual([]);
  expect(await shootOuts(ts)).toHaveLength(1);
}, ANSWER_MS);

test('one that can’t be scored and one that is no recording are left out', async () => {
  const { ts } = await drop([['one.wav', SONGS[0]], ['broken.mp3', NO_AUDIO], ['cover.png', Buffer.from('89504e470d0a1a0a', 'hex')], ['two.wav', SONGS[1]]]);
  await settled();
  expect((await shootOuts(ts)).map(({ text }) => text)).toEqual([expect.stringContaining('Shoot-out of 2 demos')]);
}, ANSWER_MS);

test('a single demo is not compared, nor are demos of different messages', async () => {
  const first = await drop([['one.wav', SONGS[0]], ['broken.mp3', NO_AUDIO]]);
  const second = await drop([['two.wav', SONGS[1]]]);
  await settled();
  for (const { ts } of [first, second]) expect(await shootOuts(ts)).toEqual([]);
}, ANSWER_MS);

test('one that is deleted before its turn came is not waited for', async () => {
  const { fileIds, ts } = await workspace.shareTogether([['one.wav', SONGS[0]], ['two.wav', SONGS[1]], ['gone.wav', SONGS[2]]]);
  const [one = '', two = '', gone = ''] = fileIds;
  workspace.proxy.fault = (method, sent) => (method === 'files.info' && sent['file'] === gone ? { status: 200, body: { ok: false, error: 'file_deleted' } } : undefined);
  for (const fileId of [gone, one, two]) await workspace.event(shared(fileId));
  await workspace.event({ type: 'file_deleted', file_id: gone, event_ts: '1' });
  await settled();
  expect((await shootOuts(ts)).map(({ text }) => text)).toEqual([expect.stringContaining('Shoot-out of 2 demos')]);
}, ANSWER_MS);

test('a file that Slack tells of late changes the one answer', async () => {
  const { fileIds, ts } = await workspace.shareTogether([['one.wav', SONGS[0]], ['two.wav', SONGS[1]], ['late.wav', SONGS[2]]]);
  for (const fileId of fileIds.slice(0, 2)) await workspace.event(shared(fileId));
  await settled();
  expect((await shootOuts(ts)).map(({ text }) => text)).toEqual([expect.stringContaining('Shoot-out of 2 demos')]);
  await workspace.event(shared(fileIds[2] ?? ''));
  await settled();
  expect((await shootOuts(ts)).map(({ text }) => text)).toEqual([expect.stringContaining('Shoot-out of 3 demos')]);
}, ANSWER_MS);

test('when one of the demos is deleted later, the comparison and its picture go with it', async () => {
  const { fileIds, ts } = await drop([['one.wav', SONGS[0]], ['two.wav', SONGS[1]]]);
  await settled();
  const picture = JSON.stringify((await shootOuts(ts))[0]?.blocks).match(/"slack_file":\{"id":"(\w+)"/)?.[1];
  await workspace.event({ type: 'file_deleted', file_id: fileIds[0], event_ts: '1' });
  await settled();
  expect(await shootOuts(ts)).toEqual([]);
  expect(workspace.proxy.calls.some(({ method, sent }) => method === 'files.delete' && sent['file'] === picture)).toBe(true);
}, ANSWER_MS);

test('when one of three is deleted later, the other two are compared anew', async () => {
  const { fileIds, ts } = await drop([['one.wav', SONGS[0]], ['two.wav', SONGS[1]], ['three.wav', SONGS[2]]]);
  await settled();
  await workspace.event({ type: 'file_deleted', file_id: fileIds[1], event_ts: '1' });
  await settled();
  const [answer, ...others] = await shootOuts(ts);
  expect([answer?.text, others]).toEqual([expect.stringContaining('Shoot-out of 2 demos'), []]);
  expect(JSON.stringify(answer?.blocks)).not.toContain('“two”');
}, ANSWER_MS);

test('one that came late and is deleted leaves the comparison of the others, as it was before it came', async () => {
  const { fileIds, ts } = await workspace.shareTogether([['one.wav', SONGS[0]], ['two.wav', SONGS[1]], ['late.wav', SONGS[2]]]);
  for (const fileId of fileIds.slice(0, 2)) await workspace.event(shared(fileId));
  await settled();
  await workspace.event(shared(fileIds[2] ?? ''));
  await settled();
  await workspace.event({ type: 'file_deleted', file_id: fileIds[2], event_ts: '1' });
  await settled();
  expect((await shootOuts(ts)).map(({ text }) => text)).toEqual([expect.stringContaining('Shoot-out of 2 demos')]);
}, ANSWER_MS);

test('when another part of one of them is scored, they are compared anew in the same message', async () => {
  const { ts } = await drop([['long.wav', wavSong(100)], ['two.wav', SONGS[1]]]);
  await settled();
  const [before] = await shootOuts(ts);
  const [reply] = (await workspace.thread(ts)).filter(({ blocks }) => JSON.stringify(blocks).includes('score_part:0'));
  const button = reply?.blocks.flatMap((block) => ('elements' in block ? (block.elements as { action_id: string; value: string }[]) : [])).find(({ action_id }) => action_id === 'score_part:0');
  if (!reply || !button) throw new Error('no other part was offered');
  await pressIn(workspace, { fileId: '', ts, reply: { ...reply, words: '' } }, button);
  await expect.poll(async () => (await shootOuts(ts))[0]?.blocks, { timeout: 30_000, interval: 100 }).not.toEqual(before?.blocks);
  await settled();
  expect((await shootOuts(ts)).map((message) => message.ts)).toEqual([before?.ts]);
}, ANSWER_MS);

test('when Slack fails at first, the comparison still comes, once', async () => {
  let failures = 0;
  workspace.proxy.fault = (method, sent) => (method === 'chat.postMessage' && JSON.stringify(sent).includes('Shoot-out of') && failures++ < 4 ? { status: 500 } : undefined);
  const { ts } = await drop([['one.wav', SONGS[0]], ['two.wav', SONGS[1]]]);
  await settled();
  expect(failures).toBeGreaterThan(4);
  expect(await shootOuts(ts)).toHaveLength(1);
}, ANSWER_MS);
