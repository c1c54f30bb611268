import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pictureIn } from '../../../src/slack/messages/message.ts';
import { startApp, type RunningApp } from './app.ts';
import { dropFile, replyTo, scored, sharedEvent, type Told } from './drop.ts';
import { wavSong } from './sound.ts';
import { startWorkspace, type Workspace } from './workspace.ts';

const song = wavSong(40);
let workspace: Workspace;
let app: RunningApp;
let decoded = 0;

beforeAll(async () => {
  workspace = await startWorkspace();
  app = await startApp(workspace);
  const { work } = app.services;
  const run = work.run;
  work.run = (name, input) => {
    if (name === 'analyseAudio') decoded++;
    return run(name, input);
  };
});
afterAll(async () => {
  await app.stop();
  await workspace.close();
});
beforeEach(async () => {
  await app.db.sql`delete from demo`;
  decoded = 0;
});

const drop = async (name: string) => await dropFile(workspace, name, song);
/** What was said of the sound, without the file's own name, picture and buttons. */
const finding = (told: Told) => told.text.replace(/^[^:]*: /, '');
const scoredFiles = async () => (await app.db.sql<{ file: string }[]>`select slack_file_id as file from demo join score on demo_id = demo.id`).map(({ file }) => file).sort();

test('the same recording under another name is answered without being decoded again, and the answer says when it was scored first', async () => {
  const first = await drop('first.wav');
  await app.db.sql`update score set made_at = '2026-03-01T20:00:00Z'`;
  const second = await drop('second name.wav');
  expect(decoded).toBe(1);
  expect(finding(second.reply)).toBe(finding(first.reply));
  expect(second.reply.words).toContain('second name');
  expect(second.reply.words).not.toContain('first.wav');
  expect(second.reply.words).toContain('scored here on 2 Mar 2026'); // the reader is in Taipei
  expect(first.reply.words).not.toContain('scored here on');
  expect(pictureIn(second.reply as never)).toBeDefined();
  expect(pictureIn(second.reply as never)).not.toBe(pictureIn(first.reply as never));
});

test('where the same recording was scored in another channel, the answer is the same and tells nothing of it', async () => {
  const first = await drop('hush.wav');
  await app.db.sql`update demo set shared_by = 'U-other', channels = '{G-private}'`;
  await app.db.sql`update score set made_at = '2026-03-01T20:00:00Z'`;
  for (const [name, again] of [['mine.wav', false], ['mine again.wav', true]] as const) {
    const { reply } = await drop(name);
    expect(finding(reply)).toBe(finding(first.reply));
    expect(reply.words).not.toContain('2 Mar 2026');
    expect(reply.words.includes('scored here on')).toBe(again); // on this channel's own first one, then
  }
  expect(decoded).toBe(1);
});

test('of two files with the same recording, deleting one leaves the score of the other', async () => {
  const first = await drop('deleted.wav');
  const second = await drop('kept.wav');
  await workspace.event({ type: 'file_deleted', file_id: first.fileId, event_ts: '2' });
  await expect.poll(async () => await workspace.thread(first.ts), { timeout: 20_000 }).toEqual([]);
  expect(await scoredFiles()).toEqual([second.fileId]);
  expect(await workspace.thread(second.ts)).toHaveLength(1);
  await drop('third.wav');
  expect(decoded).toBe(1);
});

test('the same recording dropped three times at once is answered three times, alike, and stored once for each', async () => {
  const files = [];
  for (const name of ['one.wav', 'two.wav', 'three.wav']) files.push(await workspace.share(name, song));
  await Promise.all(files.map(async ({ fileId }) => await workspace.event(sharedEvent(workspace, fileId))));
  const replies = [];
  for (const { ts } of files) replies.push(await replyTo(workspace, ts, scored));
  expect(new Set(replies.map(finding)).size).toBe(1);
  expect(await scoredFiles()).toEqual(files.map(({ fileId }) => fileId).sort());
});

test('another workspace with the same recording learns nothing of the first', async () => {
  await drop('ours.wav');
  const { fileId, ts } = await workspace.share('theirs.wav', song);
  await workspace.event(sharedEvent(workspace, fileId), undefined, 'T0THER');
  const reply = await replyTo(workspace, ts, scored);
  expect(decoded).toBe(2);
  expect(reply.words).not.toContain('scored here on');
});

test('another model scores the recording anew', async () => {
  await drop('before.wav');
  await app.db.sql`update score set model = 'score-demo/of-last-year'`;
  const { reply } = await drop('after.wav');
  expect(decoded).toBe(2);
  expect(reply.words).not.toContain('scored here on');
});

test('an answer that another version of Encore kept is not shown, but made anew', async () => {
  await drop('old.wav');
  await app.db.sql`update score set answer = jsonb_set(answer, '{version}', '0')`;
  await drop('new.wav');
  expect(decoded).toBe(2);
});
