import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type RunningApp } from './app.ts';
import { loadSmallCatalogue } from './catalogue.ts';
import { startWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
let app: RunningApp;

beforeAll(async () => {
  workspace = await startWorkspace('zh-TW');
  app = await startApp(workspace);
  await loadSmallCatalogue(app.db);
});
afterAll(async () => {
  await app.stop();
  await workspace.close();
});

test.each([
  ['海邊的錄音機', '60 天累計播放次數預估'],
  ['昨天的雨', '2026年11月3日'],
  ['沒有這首歌', '找不到'],
])('a reader whose Slack is in zh-TW is answered in Chinese: %s', async (asked, part) => {
  workspace.proxy.responses.length = 0;
  await workspace.command('/forecast', asked);
  await expect.poll(() => workspace.proxy.responses.length, { timeout: 15_000 }).toBe(1);
  expect(JSON.stringify(workspace.proxy.responses[0])).toContain(part);
});
