import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkBlocks } from '../../../src/console/block-check.ts';
import { startApp, type RunningApp } from './app.ts';
import { dropFile, pressIn, replyTo, scored, type Button, type Dropped } from './drop.ts';
import { wavSong } from './sound.ts';
import { startWorkspace, type Workspace } from './workspace.ts';

const song = wavSong(100);
let workspace: Workspace;
let app: RunningApp;
let dropped: Dropped;

beforeAll(async () => {
  workspace = await startWorkspace();
  app = await startApp(workspace);
});
afterAll(async () => {
  await app.stop();
  await workspace.close();
});
beforeEach(async () => {
  workspace.proxy.fault = () => undefined;
  await app.db.sql`delete from demo`;
  dropped = await dropFile(workspace, 'parts.wav', song);
  workspace.proxy.calls.length = 0;
  workspace.proxy.responses.length = 0;
});

const buttonsIn = ({ blocks }: { blocks: { type: string; elements?: Button[] }[] }) => blocks.flatMap(({ type, elements }) => (type === 'actions' ? (elements ?? []) : []));
const partsIn = (told: { blocks: { type: string }[] }) => buttonsIn(told).filter(({ action_id }) => action_id.startsWith('score_part:'));
const startOf = ({ value }: Button) => (JSON.parse(value) as { start: number }).start;
const press = async ({ action_id, value }: Button, team?: string) => await pressIn(workspace, dropped, { action_id, value }, team);
const hook = async () => (await app.db.sql<{ start: number; by: string }[]>`select hook_start as start, hook_by as by from demo join score on demo_id = demo.id where slack_file_id = ${dropped.fileId}`)[0];
const scoreJobs = async () => (await app.db.sql`select from job.job where name = 'score-demo' and data->>'fileId' = ${dropped.fileId}`).length;
const sent = (method: string) => workspace.proxy.calls.filter((call) => call.method === method).map((call) => call.sent);

/** The answer after a press: on the wanted part, and shown. */
async function answerAt(start: number) {
  await expect.poll(async () => Math.abs((await hook()).start - start), { timeout: 20_000 }).toBeLessThan(0.01);
  return await replyTo(workspace, dropped.ts, scored);
}

test('a pressed part is scored in the same message, which then offers the original', async () => {
  const found = await hook();
  const offered = partsIn(dropped.reply);
  expect(offered.length).toBeGreaterThan(0);
  expect(offered.length).toBeLessThanOrEqual(2);
  await press(offered[0]);
  const after = await answerAt(startOf(offered[0]));
  expect(after.ts).toBe(dropped.reply.ts);
  expect(sent('chat.postMessage')).toEqual([]);
  expect(await hook()).toMatchObject({ by: 'user' });
  for (const { blocks } of sent('chat.update')) expect(checkBlocks(blocks as never, 50, () => true)).toEqual([]);
  const back = partsIn(after).find((part) => Math.abs(startOf(part) - found.start) < 0.01) as Button;
  await press(back);
  const again = await answerAt(found.start);
  expect(again.text).toBe(dropped.reply.text);
});

test('whoever asks for another part, the demo keeps its sharer and its channel', async () => {
  await app.db.sql`update demo set shared_by = 'U-sharer'`;
  const [part] = partsIn(dropped.reply);
  await press(part);
  await answerAt(startOf(part));
  expect(await app.db.sql`select shared_by, channels from demo`).toEqual([{ shared_by: 'U-sharer', channels: [workspace.channel] }]);
});

test('the picture of the part before is deleted when the new one is shown', async () => {
  const [{ picture }] = await app.db.sql<{ picture: string }[]>`select picture_id as picture from reply where request_id = ${`${dropped.fileId}:${workspace.channel}`}`;
  const [part] = partsIn(dropped.reply);
  await press(part);
  await answerAt(startOf(part));
  await expect.poll(() => sent('files.delete').map(({ file }) => file)).toEqual([picture]);
  expect(await app.db.sql`select from reply where request_id like ${`${dropped.fileId}:%`}`).toHaveLength(1);
});

test('of a double press the second does nothing', async () => {
  const before = await scoreJobs();
  const [part] = partsIn(dropped.reply);
  await Promise.all([press(part), press(part), press(part)]);
  await answerAt(startOf(part));
  expect(await scoreJobs()).toBe(before + 1);
  expect(sent('chat.postMessage')).toEqual([]);
});

test.each([
  ['a start that was not offered', () => ({ file: dropped.fileId, start: 3.21 })],
  ['a start that is no number', () => ({ file: dropped.fileId, start: '0 or 1=1' })],
  ['another shape', () => 'start'],
  ['a file that is none of the workspace', () => ({ file: 'F0000000000', start: 0 })],
])('%s is refused privately', async (_what, value) => {
  const jobs = await scoreJobs();
  await press({ action_id: 'score_part:0', value: JSON.stringify(value()) });
  await expect.poll(() => JSON.stringify(workspace.proxy.responses)).toContain(':warning:');
  expect(workspace.proxy.responses[0]).toMatchObject({ response_type: 'ephemeral', replace_original: false });
  expect(await scoreJobs()).toBe(jobs);
  expect((await workspace.thread(dropped.ts))[0].text).toBe(dropped.reply.text);
});

test("another workspace can't press for this one's file", async () => {
  const jobs = await scoreJobs();
  await press(partsIn(dropped.reply)[0], 'T0THER');
  await expect.poll(() => JSON.stringify(workspace.proxy.responses)).toContain('have been deleted');
  expect(await scoreJobs()).toBe(jobs);
});

test('a press after the file was deleted is answered privately', async () => {
  await workspace.event({ type: 'file_deleted', file_id: dropped.fileId, event_ts: '2' });
  await expect.poll(async () => await workspace.thread(dropped.ts), { timeout: 20_000 }).toEqual([]);
  await press(partsIn(dropped.reply)[0]);
  await expect.poll(() => JSON.stringify(workspace.proxy.responses)).toContain('have been deleted');
  expect(await workspace.thread(dropped.ts)).toEqual([]);
});

test('where the part can not be scored the message holds its answer again, and only the presser learns why', async () => {
  let lookUps = 0;
  workspace.proxy.fault = (method) => (method === 'files.info' && ++lookUps === 1 ? { status: 200, body: { ok: false, error: 'missing_scope' } } : undefined);
  await press(partsIn(dropped.reply)[0]);
  await expect.poll(() => JSON.stringify(sent('chat.postEphemeral')), { timeout: 20_000 }).toContain('files:read');
  const reply = await replyTo(workspace, dropped.ts, scored);
  expect(reply.text).toBe(dropped.reply.text);
});

test('what moved the score is told in a message of its own, the same one when asked again, and goes with the file', async () => {
  const why = buttonsIn(dropped.reply).find(({ action_id }) => action_id === 'score_why') as Button;
  await press(why);
  await expect.poll(async () => (await workspace.thread(dropped.ts)).length, { timeout: 20_000 }).toBe(2);
  expect(JSON.stringify(await workspace.thread(dropped.ts))).toContain('What moved the score: parts');
  await press(why);
  await expect.poll(() => sent('files.delete').length, { timeout: 20_000 }).toBe(1);
  expect(await workspace.thread(dropped.ts)).toHaveLength(2);
  await workspace.event({ type: 'file_deleted', file_id: dropped.fileId, event_ts: '2' });
  await expect.poll(async () => await workspace.thread(dropped.ts), { timeout: 20_000 }).toEqual([]);
});
