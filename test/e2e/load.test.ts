import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type RunningApp } from './slack/app.ts';
import { scored, sharedEvent } from './slack/drop.ts';
import { wavSong } from './slack/sound.ts';
import { startWorkspace, type Workspace } from './slack/workspace.ts';

const FILES = 20;
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

test('twenty files dropped at once are each told of in one message, at once and then with the score; another workspace does not wait for them', async () => {
  const files = [];
  for (let index = 0; index <= FILES; index++) files.push(await workspace.share(`take ${index}.wav`, wavSong(6 + index / 10)));
  const theirs = files[FILES];
  workspace.proxy.calls.length = 0;
  await Promise.all(files.slice(0, FILES).map(async ({ fileId }) => expect(await workspace.event(sharedEvent(workspace, fileId))).toMatchObject({ status: 200 })));
  await workspace.event(sharedEvent(workspace, theirs.fileId), undefined, 'T0THER');

  for (const { ts } of files) await expect.poll(async () => scored(JSON.stringify(await workspace.thread(ts))), { timeout: 120_000, interval: 200 }).toBe(true);
  const mine = new Set(files.map(({ ts }) => ts));
  const posts = workspace.proxy.calls.filter(({ method, sent }) => method === 'chat.postMessage' && JSON.stringify(sent).includes('take '));
  expect(posts.filter(({ sent }) => mine.has(String(sent['thread_ts'])))).toHaveLength(FILES + 1);
  for (const { ts } of files) expect((await workspace.thread(ts)).filter(({ text }) => text.startsWith('take'))).toHaveLength(1);

  const calls = workspace.proxy.calls.map(({ method, sent }) => ({ method, words: JSON.stringify(sent) }));
  const lastTold = calls.findLastIndex(({ method, words }) => method === 'chat.postMessage' && words.includes('take '));
  const answers = calls.flatMap(({ method, words }, index) => (method === 'chat.update' && words.includes('Score ') ? [index] : []));
  expect(answers.filter((index) => index < lastTold).length).toBeLessThan(FILES / 2);

  const jobs = await app.db.sql<{ file: string }[]>`select data->>'fileId' as file from job.job where name = 'score-demo' order by started_on`;
  expect(jobs).toHaveLength(FILES + 1);
  expect(jobs.findIndex(({ file }) => file === theirs.fileId)).toBeLessThan(FILES / 2);
}, 240_000);
