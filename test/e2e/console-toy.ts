import type { App } from '@slack/bolt';
import type { Block, KnownBlock } from '@slack/types';
import { renderPng } from './console-picture.ts';

const words = (text: string) => ({ type: 'plain_text' as const, text });
const said = (text: string) => ({ type: 'mrkdwn' as const, text });
const ALT = 'Forecast for “海邊的錄音機”: 41,200 plays by day 60, 80% between 33,900 and 52,800.';

/** A forecast as an app would answer it: every block kind that answers use. */
function answer(fileId: string, extra: (KnownBlock | Block)[] = []): (KnownBlock | Block)[] {
  return [
    { type: 'header', text: words('海邊的錄音機 — 阿灘與慢潮') },
    { type: 'section', text: said('*41,200 plays by day 60*, 80% between 33,900 and 52,800, from the first 7 days. <https://example.com|How this is made> & _what it can not know_.') },
    { type: 'image', slack_file: { id: fileId }, alt_text: ALT },
    { type: 'section', fields: ['*By day 7*: 9,120, counted', '*By day 14*: 17,300 (15,800–19,400)', '*By day 30*: 30,100 (26,000–36,200)', '*By day 60*: 41,200 (33,900–52,800)'].map(said) },
    { type: 'context', elements: [said('data to 30 Jun 2026 · model `szabo-huberman-1`, fitted on 612 finished songs :bar_chart:')] },
    ...extra,
  ];
}

const buttons: KnownBlock = {
  type: 'actions',
  elements: [
    { type: 'button', action_id: 'post', text: words('Post to channel'), style: 'primary', value: '7' },
    { type: 'button', action_id: 'origin:3', text: words('From day 3'), value: '3' },
    { type: 'button', action_id: 'forget', text: words('Forget it'), style: 'danger', confirm: { title: words('Forget it?'), text: said('The forecast is *gone* then.'), confirm: words('Forget'), deny: words('Keep'), style: 'danger' } },
    { type: 'static_select', action_id: 'weekday', placeholder: words('Every …'), options: ['Monday', 'Friday'].map((day) => ({ text: words(day), value: day })) },
  ],
};
const table: Block & { [key: string]: unknown } = {
  type: 'data_table',
  caption: 'Plays by checkpoint',
  rows: [['Day', 'Low', 'Median', 'High'].map((text) => ({ type: 'raw_text', text })), ...[[14, 15_800, 17_300, 19_400], [60, 33_900, 41_200, 52_800]].map((row) => row.map((value) => ({ type: 'raw_number', value, text: value.toLocaleString('en') })))],
};

export type Gate = { open(): void; wait: Promise<void> };

/** Holds the toy's answer back until the test has seen the progress. */
export function createGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: resolve, wait: promise };
}

/** An app that does what Encore does, without its catalogue: private answers, buttons, progress in a thread, a modal. */
export function registerToy(app: App, gate: Gate): void {
  app.command('/forecast', async ({ command, ack, respond, client }) => {
    await ack();
    if (command.text.startsWith('nothing')) {
      await respond({ text: `No song is called “${command.text}”. Which one do you mean?`, blocks: [{ type: 'section', text: said(`No song is called “${command.text}”. Which one do you mean?`) }, { type: 'actions', elements: ['海邊的錄音機 — 阿灘與慢潮', 'Harbour Lights — North Pier'].map((title, index) => ({ type: 'button', action_id: `song:${index}`, text: words(title), value: String(index) })) }] });
      return;
    }
    const uploaded = await client.filesUploadV2({ file: await renderPng(), filename: 'forecast.png', alt_text: ALT });
    const fileId = uploaded.files[0]?.files?.[0]?.id ?? '';
    await respond({ text: ALT, blocks: answer(fileId, [table as Block, buttons]) as KnownBlock[] });
  });
  app.action(/^song:/, async ({ ack, respond }) => {
    await ack();
    await respond({ replace_original: true, text: 'You took the first.' });
  });
  app.action('post', async ({ ack, client, body }) => {
    await ack();
    await client.chat.postMessage({ channel: body.channel?.id ?? '', text: `Posted by <@${body.user.id}>: *41,200 plays by day 60*` });
  });
  app.action('forget', async ({ ack, respond }) => {
    await ack();
    await respond({ delete_original: true, text: '' });
  });
  app.action('weekday', async ({ ack, client, body, action }) => {
    await ack();
    if (body.type !== 'block_actions' || action.type !== 'static_select') return;
    await client.views.open({ trigger_id: body.trigger_id, view: subscribeView(action.selected_option.value) });
  });
  app.options('artist', async ({ ack, options }) => await ack({ options: ['Aster Lane', 'North Pier', '阿灘與慢潮'].filter((name) => name.toLowerCase().includes(options.value.toLowerCase())).map((name) => ({ text: words(name), value: name })) }));
  app.view('subscribe', async ({ ack, view }) => {
    const hour = Number(view.state.values['hour']['value'].value);
    await (hour < 24 ? ack() : ack({ response_action: 'errors', errors: { hour: 'An hour is between 0 and 23.' } }));
  });
  app.event('file_shared', async ({ event, client, context }) => {
    if (event.user_id === context.botUserId) return;
    const { file } = await client.files.info({ file: event.file_id });
    const thread_ts = file?.shares?.public?.[event.channel_id]?.[0]?.ts;
    const { ts = '' } = await client.chat.postMessage({ channel: event.channel_id, thread_ts, text: `Listening to “${file?.title}”, looking for its best 30 seconds…` });
    await gate.wait;
    const uploaded = await client.filesUploadV2({ file: await renderPng(), filename: 'score.png', alt_text: `Score of ${file?.title}` });
    await client.chat.update({ channel: event.channel_id, ts, text: `${file?.title}: 72 of 100`, blocks: answer(uploaded.files[0]?.files?.[0]?.id ?? '') });
  });
}

const subscribeView = (day: string) => ({
  type: 'modal' as const,
  callback_id: 'subscribe',
  title: words('Weekly digest'),
  submit: words('Subscribe'),
  close: words('Not now'),
  blocks: [
    { type: 'section' as const, text: said(`Every *${day}*, in this channel.`) },
    { type: 'input' as const, block_id: 'hour', label: words('Hour'), hint: words('0 to 23, in your time zone'), element: { type: 'plain_text_input' as const, action_id: 'value', initial_value: '9' } },
    { type: 'input' as const, block_id: 'artist', label: words('Artist'), optional: true, element: { type: 'external_select' as const, action_id: 'artist', min_query_length: 1, placeholder: words('All artists') } },
    { type: 'input' as const, block_id: 'from', label: words('From'), element: { type: 'datepicker' as const, action_id: 'value', initial_date: '2026-12-01' } },
    { type: 'input' as const, block_id: 'parts', label: words('Parts'), element: { type: 'checkboxes' as const, action_id: 'value', options: ['Forecasts', 'Audience'].map((part) => ({ text: words(part), value: part })) } },
  ],
});
