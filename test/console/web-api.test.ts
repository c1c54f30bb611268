import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsole, type Console } from '../../src/console/create-console.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describe("Slack's Web API, answered by the console", () => {
  let console: Console;
  let client: WebClient;
  let demos: string;
  let person: string;

  beforeAll(async () => {
    console = await createConsole({ port: 0, locale: 'zh-TW', log: pino({ level: 'silent' }) });
    client = new WebClient(console.botToken, { slackApiUrl: console.apiUrl, retryConfig: { retries: 0 } });
    const said = await console.say('hello');
    demos = said.channel;
    person = said.user;
  });
  afterAll(async () => await console.close());

  const refusedWith = (error: string) => ({ data: expect.objectContaining({ ok: false, error }) });
  const shown = (ts: string | undefined) => console.messages().find((message) => message.ts === ts);

  it('says who the token belongs to, with its scopes', async () => {
    const who = await client.auth.test();
    expect(who).toMatchObject({ ok: true, team_id: 'T0CONSOLE0', user: 'encore' });
    expect(who.response_metadata?.scopes).toContain('files:read');
  });

  it('refuses another token, and none', async () => {
    const options = { slackApiUrl: console.apiUrl, retryConfig: { retries: 0 } };
    await expect(new WebClient('xoxb-wrong', options).auth.test()).rejects.toMatchObject(refusedWith('invalid_auth'));
    await expect(new WebClient(undefined, options).auth.test()).rejects.toMatchObject(refusedWith('not_authed'));
  });

  it('refuses a method it does not have', async () => {
    await expect(client.reminders.list()).rejects.toMatchObject(refusedWith('unknown_method'));
  });

  it("tells the person's language only when asked", async () => {
    expect((await client.users.info({ user: person, include_locale: true })).user?.locale).toBe('zh-TW');
    expect((await client.users.info({ user: person })).user?.locale).toBeUndefined();
    await expect(client.users.info({ user: 'U404' })).rejects.toMatchObject(refusedWith('user_not_found'));
  });

  it('opens the direct message with the person', async () => {
    const { channel } = await client.conversations.open({ users: person });
    expect((await client.conversations.info({ channel: channel?.id ?? '' })).channel).toMatchObject({ is_im: true, user: person });
    expect((await client.conversations.info({ channel: demos })).channel).toMatchObject({ name: 'demos', is_member: true });
  });

  it('posts, updates and deletes a message in a thread', async () => {
    const parent = await client.chat.postMessage({ channel: demos, text: 'working' });
    const reply = await client.chat.postMessage({ channel: demos, thread_ts: parent.ts, text: 'a', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*half*' } }] });
    expect(shown(reply.ts)).toMatchObject({ thread_ts: parent.ts, blocks: [{ block_id: expect.any(String) }] });
    await client.chat.update({ channel: demos, ts: reply.ts ?? '', text: 'done' });
    expect(shown(reply.ts)).toMatchObject({ text: 'done', edited: { ts: expect.any(String) } });
    expect(shown(reply.ts)?.blocks).toBeUndefined();
    await client.chat.delete({ channel: demos, ts: reply.ts ?? '' });
    expect(shown(reply.ts)).toBeUndefined();
  });

  it('neither updates nor deletes what only one person sees, or what the person said', async () => {
    const { message_ts: ts = '' } = await client.chat.postEphemeral({ channel: demos, user: person, text: 'psst' });
    expect(shown(ts)).toMatchObject({ is_ephemeral: true, text: 'psst' });
    await expect(client.chat.update({ channel: demos, ts, text: 'louder' })).rejects.toMatchObject(refusedWith('message_not_found'));
    const said = await console.say('mine');
    await expect(client.chat.update({ channel: demos, ts: said.ts, text: 'yours' })).rejects.toMatchObject(refusedWith('cant_update_message'));
    await expect(client.chat.delete({ channel: demos, ts: said.ts })).rejects.toMatchObject(refusedWith('cant_delete_message'));
  });

  it('takes JSON bodies as well as forms', async () => {
    const response = await fetch(`${console.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${console.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'C0CONSOLE1', blocks: [{ type: 'divider' }], text: 'line' }),
    });
    expect(await response.json()).toMatchObject({ ok: true, message: { text: 'line' } });
  });

  it.each([
    ['no text', { text: '' }, 'no_text'],
    ['a text too long', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['an unknown channel', { channel: 'C404', text: 'x' }, 'channel_not_found'],
    ['51 blocks', { text: 'x', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' as const })) }, 'invalid_blocks'],
    ['a header over 150 characters', { text: 'x', blocks: [{ type: 'header' as const, text: { type: 'plain_text' as const, text: 'x'.repeat(151) } }] }, 'invalid_blocks'],
    ['a picture without alt text', { text: 'x', blocks: [{ type: 'image', image_url: 'https://example.com/a.png' }] }, 'invalid_blocks'],
    ['a picture that was never uploaded', { text: 'x', blocks: [{ type: 'image' as const, slack_file: { id: 'F404' }, alt_text: 'x' }] }, 'invalid_blocks'],
  ])('refuses %s', async (_what, content, error) => {
    await expect(client.chat.postMessage({ channel: demos, ...content } as never)).rejects.toMatchObject(refusedWith(error));
  });

  it('says where a block is wrong, as Slack does', async () => {
    const blocks = [{ type: 'actions' as const, elements: [{ type: 'button' as const, action_id: 'a', text: { type: 'plain_text' as const, text: 'x'.repeat(76) } }] }];
    const refusal = client.chat.postMessage({ channel: demos, text: 'x', blocks });
    await expect(refusal).rejects.toMatchObject({ data: { response_metadata: { messages: ['[ERROR] must be less than 76 characters [json-pointer:/blocks/0/elements/0/text]'] } } });
  });

  it('shares an uploaded picture in a thread with its alt text', async () => {
    const parent = await client.chat.postMessage({ channel: demos, text: 'here it comes' });
    await client.filesUploadV2({ channel_id: demos, thread_ts: parent.ts ?? '', file: PNG, filename: 'chart.png', title: 'Chart', alt_text: 'a dot', initial_comment: 'done' });
    const message = console.messages().at(-1);
    expect(message).toMatchObject({ subtype: 'file_share', text: 'done', thread_ts: parent.ts, files: [{ name: 'chart.png', title: 'Chart', alt_txt: 'a dot', mimetype: 'image/png' }] });
    expect(await console.file(String(message?.files?.[0]?.id))).toEqual(PNG);
  });

  it('keeps a picture without a channel private until a message shows it; its type is known a moment later', async () => {
    const before = console.messages().length;
    const uploaded = await client.filesUploadV2({ file: PNG, filename: 'b.png', alt_text: 'a dot' });
    const file = uploaded.files[0]?.files?.[0];
    expect(file?.mimetype).toBe('');
    expect((await client.files.info({ file: file?.id ?? '' })).file?.mimetype).toBe('image/png');
    expect(console.messages()).toHaveLength(before);
    const posted = await client.chat.postMessage({ channel: demos, text: 'x', blocks: [{ type: 'image', slack_file: { id: file?.id ?? '' }, alt_text: 'a dot' }] });
    expect(posted.ok).toBe(true);
  });

  it('gives a dropped file to the bot token alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'console-test-'));
    await writeFile(join(folder, '夜 車.mp3'), 'sound');
    const { ts, files = [] } = await console.drop([join(folder, '夜 車.mp3'), { name: 'b.wav', bytes: Buffer.from('other') }]);
    const { file } = await client.files.info({ file: String(files[0].id) });
    expect(file).toMatchObject({ name: '夜 車.mp3', mimetype: 'audio/mpeg', size: 5, shares: { public: { [demos]: [{ ts }] } } });
    const address = file?.url_private_download ?? '';
    expect((await fetch(address)).status).toBe(403);
    expect(await (await fetch(address, { headers: { authorization: `Bearer ${console.botToken}` } })).text()).toBe('sound');
    expect(files).toHaveLength(2);
    await rm(folder, { recursive: true });
  });

  it('opens a modal once, and only with a trigger that was given', async () => {
    const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'x' }, blocks: [] };
    await expect(client.views.open({ trigger_id: 'made.up', view })).rejects.toMatchObject(refusedWith('invalid_trigger_id'));
  });

  it('publishes and updates the Home tab', async () => {
    const home = (text: string) => ({ type: 'home' as const, blocks: [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text } }] });
    const { view } = await client.views.publish({ user_id: person, view: home('one') });
    await expect(client.views.update({ view_id: view?.id ?? '', hash: 'old', view: home('two') })).rejects.toMatchObject(refusedWith('hash_conflict'));
    const updated = await client.views.update({ view_id: view?.id ?? '', hash: view?.hash ?? '', view: home('two') });
    expect(updated.view?.id).toBe(view?.id);
  });

  it('leaves no file behind', async () => {
    const other = await createConsole({ port: 0, locale: 'en', log: pino({ level: 'silent' }) });
    const { files = [] } = await other.drop({ name: 'a.wav', bytes: Buffer.from('x') });
    const read = async () => await other.file(String(files[0].id));
    expect((await read()).toString()).toBe('x');
    await other.close();
    await expect(read()).rejects.toThrow('ENOENT');
    await expect(readFile(String(files[0].id))).rejects.toThrow('ENOENT');
  });
});
