import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkBlocks } from '../../../src/console/block-check.ts';
import { startApp, type RunningApp } from './app.ts';
import { loadSmallCatalogue } from './catalogue.ts';
import { startWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
let app: RunningApp;

beforeAll(async () => {
  workspace = await startWorkspace();
  app = await startApp(workspace);
  await loadSmallCatalogue(app.db);
});
afterAll(async () => {
  await app.stop();
  await workspace.close();
});
beforeEach(() => {
  workspace.proxy.responses.length = 0;
  workspace.proxy.fault = () => undefined;
});

/** Asks, and gives the one answer that came to the response_url. */
async function ask(text: string) {
  const acknowledged = await workspace.command('/forecast', text);
  expect(acknowledged).toEqual({ status: 200, body: '' });
  return await answer();
}
async function answer() {
  await expect.poll(() => workspace.proxy.responses.length, { timeout: 15_000 }).toBe(1);
  const [message] = workspace.proxy.responses;
  expect(checkBlocks(message['blocks'] as never, 50, () => true)).toEqual([]);
  return { ...message, words: JSON.stringify(message), blocks: message['blocks'] as { type: string; slack_file?: { id: string }; elements?: { action_id: string; value: string }[] }[] };
}

test('a Chinese title is answered privately, with picture, numbers and data date', async () => {
  const message = await ask('海邊的錄音機');
  expect(message).toMatchObject({ response_type: 'ephemeral', replace_original: false });
  for (const part of ['海邊的錄音機', 'by day 60', 'first 7 days', '31 Oct 2026']) expect(message.words).toContain(part);
  const picture = message.blocks.find(({ type }) => type === 'image')?.slack_file?.id ?? '';
  const uploads = workspace.proxy.calls.filter(({ method }) => method === 'files.completeUploadExternal');
  expect(JSON.stringify(uploads.at(-1)?.answered)).toContain(picture);
});

test('an id is as good as a title, and "at 3" chooses the origin', async () => {
  expect((await ask('new-40 at 3')).words).toContain('first 3 days');
});

test('a wrong title gets the nearest as buttons; pressing one answers in the same message', async () => {
  const message = await ask('Harbor Light');
  const button = message.blocks.flatMap(({ elements }) => elements ?? []).find(({ action_id }) => action_id === 'forecast_song:0');
  expect(message.words).toContain('Harbour Lights');
  workspace.proxy.responses.length = 0;
  await workspace.press({ action_id: button?.action_id ?? '', value: button?.value ?? '' });
  const pressed = await answer();
  expect(pressed).toMatchObject({ replace_original: true });
  expect(pressed.words).toContain('Harbour Lights');
});

test('two songs of one name are told apart by buttons', async () => {
  const message = await ask('Same Name');
  expect(message.blocks.flatMap(({ elements }) => elements ?? []).length).toBe(2);
});

test.each([
  ['昨天的雨', '3 Nov 2026'],
  ['new-40 at 5', '3, 7, 14, 30'],
  ['no such song at all', 'no such song at all'],
  ['', '/forecast'],
])('"%s" gets a clear answer that says what to do', async (asked, part) => {
  expect((await ask(asked)).words).toContain(part);
});

test('a button that was tampered with is refused in words', async () => {
  await workspace.press({ action_id: 'forecast_post', value: '{"song":"1; drop table song"}' });
  expect((await answer()).words).toContain('out of date');
});

test('"post to channel" posts the answer for everyone, once however often it is pressed', async () => {
  const message = await ask('海邊的錄音機');
  const button = message.blocks.flatMap(({ elements }) => elements ?? []).find(({ action_id }) => action_id === 'forecast_post');
  workspace.proxy.responses.length = 0;
  await workspace.press({ action_id: 'forecast_post', value: button?.value ?? '' });
  expect((await answer()).words).toContain('Posted');
  const posted = workspace.proxy.calls.filter(({ method }) => method === 'chat.postMessage').at(-1);
  expect(posted?.sent['channel']).toBe(workspace.channel);
  expect(JSON.stringify(posted?.sent['blocks'])).toContain('海邊的錄音機');
  workspace.proxy.responses.length = 0;
  workspace.proxy.calls.length = 0;
  await workspace.press({ action_id: 'forecast_post', value: button?.value ?? '' });
  expect((await answer()).words).toContain('Posted');
  expect(workspace.proxy.calls.some(({ method }) => method === 'chat.postMessage')).toBe(false);
});

test('"how right were earlier forecasts?" answers beside the forecast, in words until there is enough to draw, and again when pressed again', async () => {
  const message = await ask('海邊的錄音機');
  const value = message.blocks.flatMap(({ elements }) => elements ?? []).find(({ action_id }) => action_id === 'forecast_record')?.value ?? '';
  const press = async () => {
    workspace.proxy.responses.length = 0;
    await workspace.press({ action_id: 'forecast_record', value });
    return await answer();
  };
  const empty = await press();
  expect(empty).toMatchObject({ response_type: 'ephemeral', replace_original: false });
  expect(empty.words).toContain('No forecast made on day 7 has come due yet');
  await storeScored(['2026-05-04', '2026-05-12', '2026-05-20']);
  for (const pressed of [await press(), await press()]) {
    expect(pressed.words).toContain('Of the last 3 forecasts made on day 7, 79% of the days');
    expect(pressed.blocks.some(({ type }) => type === 'image')).toBe(true);
  }
});

/** Forecasts of day 7, made on these days' data and checked to day 60. */
async function storeScored(dates: string[]): Promise<void> {
  const score = { until: 60, pinball: 1, szaboHuberman: 1.2, counted: 53, inside: 42, totalError: 0.1, szaboHubermanError: 0.2, totalInside: true };
  for (const [song, date] of dates.entries()) await app.db.sql`insert into forecast (song_id, origin, model, data_date, q10, q50, q90, total, detail) values (${song + 1}, 7, 'm/1', ${date}::date, '{}', '{}', '{}', '{}', ${app.db.sql.json({ score })})`;
}

test('when Slack will not take pictures the numbers still arrive', async () => {
  workspace.proxy.fault = (method) => (method === 'files.getUploadURLExternal' ? { status: 200, body: { ok: false, error: 'missing_scope' } } : undefined);
  const message = await ask('海邊的錄音機');
  expect(message.blocks.some(({ type }) => type === 'image')).toBe(false);
  expect(message.words).toContain('by day 60');
});

test('a request with a wrong signature is refused', async () => {
  const response = await fetch(`${workspace.appUrl}/slack/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)), 'x-slack-signature': 'v0=00' },
    body: 'command=/forecast&text=x&team_id=T1&user_id=U1',
  });
  expect(response.status).toBe(401);
  expect(workspace.proxy.responses).toEqual([]);
});
