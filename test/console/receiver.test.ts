import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConsoleMessage } from '../../src/console/types.ts';
import { startToy, type Toy } from './toy-app.ts';

const button = (actionId: string, value = 'v') => ({ type: 'actions' as const, elements: [{ type: 'button' as const, action_id: actionId, value, text: { type: 'plain_text' as const, text: actionId } }] });
const text = (said: string) => (messages: ConsoleMessage[]) => messages.find((message) => message.text === said);

describe('what a person does in the console, as the app hears it', () => {
  let toy: Toy | undefined;
  const start = async (register: (app: App) => void) => (toy = await startToy(register)).console;
  afterEach(async () => {
    vi.useRealTimers();
    await toy?.close();
    toy = undefined;
  });

  it('sends a slash command and shows its private answer', async () => {
    let seen: unknown;
    const console = await start((app) =>
      app.command('/forecast', async ({ command, ack, respond }) => {
        seen = command;
        await ack();
        await respond('later');
      }),
    );
    const said = await console.say('/forecast 夜車 at 7 & more');
    const answer = await console.until(text('later'));
    expect(seen).toMatchObject({ command: '/forecast', text: '夜車 at 7 &amp; more', channel_name: 'demos', team_id: 'T0CONSOLE0', response_url: expect.stringContaining('http://127.0.0.1') });
    expect(said).toMatchObject({ subtype: 'slash_command', is_ephemeral: true });
    expect(answer).toMatchObject({ is_ephemeral: true, bot_id: expect.any(String) });
  });

  it('shows what the acknowledgement of a command carries', async () => {
    const console = await start((app) => app.command('/say', async ({ ack }) => await ack({ response_type: 'in_channel', text: 'at once' })));
    await console.say('/say');
    const answer = await console.until(text('at once'));
    expect(answer.is_ephemeral).toBeUndefined();
  });

  it('takes five answers by a response_url, then no more', async () => {
    let refused: unknown;
    const console = await start((app) =>
      app.command('/five', async ({ ack, respond }) => {
        await ack();
        for (const count of [1, 2, 3, 4, 5]) await respond(`answer ${count}`);
        refused = await respond('answer 6').catch((error: unknown) => error);
        await respond('unreachable').catch(() => undefined);
      }),
    );
    await console.say('/five');
    await vi.waitFor(() => expect(refused).toMatchObject({ statusCode: 404 }));
    expect(console.messages().filter((message) => message.text.startsWith('answer'))).toHaveLength(5);
  });

  it('posts anew when a command asks to replace its original: there is none', async () => {
    const console = await start((app) =>
      app.command('/twice', async ({ ack, respond }) => {
        await ack();
        await respond('first');
        await respond({ text: 'second', replace_original: true });
      }),
    );
    await console.say('/twice');
    await console.until(text('second'));
    expect(text('first')(console.messages())).toBeDefined();
  });

  it('presses a button of a message for all, which the answer replaces', async () => {
    let body: BlockAction<ButtonAction> | undefined;
    const console = await start((app) => {
      app.command('/ask', async ({ ack }) => await ack({ response_type: 'in_channel', text: 'which?', blocks: [button('pick', 'song 7')] }));
      app.action<BlockAction<ButtonAction>>('pick', async ({ ack, respond, body: pressed, action }) => {
        body = pressed;
        await ack();
        await respond({ replace_original: true, text: `took ${action.value}` });
      });
    });
    await console.say('/ask');
    const question = await console.until(text('which?'));
    await console.press(question.ts, 'pick');
    const answer = await console.until(text('took song 7'));
    expect(answer).toMatchObject({ ts: question.ts });
    expect(body).toMatchObject({
      type: 'block_actions',
      container: { type: 'message', message_ts: question.ts, is_ephemeral: false },
      message: { ts: question.ts, text: 'which?' },
      channel: { name: 'demos' },
      trigger_id: expect.any(String),
      actions: [{ type: 'button', action_id: 'pick', value: 'song 7', action_ts: expect.any(String) }],
    });
  });

  it('leaves the message out when only the presser saw it, and deletes it on request', async () => {
    let body: BlockAction | undefined;
    const console = await start((app) => {
      app.command('/ask', async ({ ack }) => await ack({ text: 'private', blocks: [button('gone')] }));
      app.action('gone', async ({ ack, respond, body: pressed }) => {
        body = pressed as BlockAction;
        await ack();
        await respond({ delete_original: true, text: '' });
      });
    });
    await console.say('/ask');
    const question = await console.until(text('private'));
    await console.press(question.ts, 'gone');
    await console.until((messages) => !messages.some(({ ts }) => ts === question.ts));
    expect(body?.message).toBeUndefined();
    expect(body?.container).toMatchObject({ is_ephemeral: true });
  });

  it('tells of each dropped file once, and of the files that the app shares itself', async () => {
    const shared: unknown[] = [];
    const console = await start((app) =>
      app.event('file_shared', async ({ event, body, client, context }) => {
        shared.push({ ...event, event_id: body.event_id });
        if (event.user_id === context.botUserId) return;
        const { file } = await client.files.info({ file: event.file_id });
        await client.filesUploadV2({ channel_id: event.channel_id, thread_ts: file?.shares?.public?.[event.channel_id]?.[0]?.ts ?? '', content: 'x', filename: `${file?.name}.txt` });
      }),
    );
    const { ts } = await console.drop([{ name: 'a.mp3', bytes: Buffer.from('a') }, { name: 'b.mp3', bytes: Buffer.from('b') }]);
    await console.until((messages) => messages.filter((message) => message.thread_ts === ts && message.files).length === 2);
    await vi.waitFor(() => expect(shared).toHaveLength(4));
    expect(new Set(shared.map((event) => (event as { event_id: string }).event_id)).size).toBe(4);
  });

  it('hears a mention in the channel and any word in the direct message', async () => {
    const heard: string[] = [];
    const console = await start((app) => {
      app.event('app_mention', async ({ event }) => void heard.push(`mention: ${event.text}`));
      app.message(async ({ message }) => void heard.push(`message: ${'text' in message ? message.text : ''}`));
    });
    await console.say('nobody is meant');
    await console.say('@Encore help');
    await console.say('hi', { channel: 'direct' });
    await vi.waitFor(() => expect(heard).toEqual(['mention: <@U0CONSOLE2> help', 'message: hi']));
  });

  it("tells of a change of the person's language and of a deleted file", async () => {
    const heard: unknown[] = [];
    const console = await start((app) => {
      app.event('user_change', async ({ event }) => void heard.push(event.user.locale));
      app.event('file_deleted', async ({ event }) => void heard.push([event.file_id, event.channel_ids]));
    });
    const { files = [], channel } = await console.drop({ name: 'a.mp3', bytes: Buffer.from('a') });
    console.speak('zh-TW');
    await console.remove(String(files[0].id));
    await vi.waitFor(() => expect(heard).toEqual(['zh-TW', [files[0].id, [channel]]]));
    expect(console.messages()).toEqual([]);
  });

  it('opens a modal, reports the mistakes in it and closes it when it is right', async () => {
    const names: unknown[] = [];
    const title = { type: 'plain_text' as const, text: 'Name' };
    const input = { type: 'input' as const, block_id: 'name', label: title, element: { type: 'plain_text_input' as const, action_id: 'value' } };
    const console = await start((app) => {
      app.command('/name', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: { type: 'modal', callback_id: 'naming', title, submit: title, blocks: [input] } });
        await expect(client.views.open({ trigger_id: body.trigger_id, view: { type: 'modal', title, blocks: [] } })).rejects.toMatchObject({ data: { error: 'exchanged_trigger_id' } });
      });
      app.view('naming', async ({ ack, view }) => {
        const { value } = view.state.values['name']['value'];
        names.push(value);
        await (value === 'good' ? ack() : ack({ response_action: 'errors', errors: { name: 'not good' } }));
      });
    });
    await console.say('/name');
    const { id } = await vi.waitFor(() => console.modals()[0] ?? expect.fail('no modal'));
    expect(await console.submit(id, { name: { value: 'bad' } })).toEqual({ name: 'not good' });
    expect(await console.submit(id, { name: { value: 'good' } })).toEqual({});
    expect(console.modals()).toEqual([]);
    expect(names).toEqual(['bad', 'good']);
  });

  it('reports a command that nobody acknowledges', async () => {
    const console = await start(() => undefined);
    const waiting = console.until(text('never'));
    await Promise.all([expect(waiting).rejects.toThrow('{"code":"unacknowledged","what":"/nothing"}'), console.say('/nothing')]);
  });

  it('reports a listener that takes longer than three seconds', async () => {
    const console = await start((app) => app.command('/slow', async () => await new Promise(() => undefined)));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const waiting = expect(console.until(text('never'), 10)).rejects.toThrow('unacknowledged');
    const said = console.say('/slow');
    await vi.advanceTimersByTimeAsync(3000);
    await Promise.all([waiting, said]);
    toy = undefined;
    vi.useRealTimers();
    await console.close();
  });

  it('delivers an event again, with the same id, when its listener failed before it was acknowledged', async () => {
    const tries: unknown[] = [];
    const console = await start((app) => {
      // Acknowledged only when the listeners are done, as the app does it.
      const receive = app.processEvent.bind(app);
      app.processEvent = async (event) => {
        await receive({ ...event, ack: async () => undefined });
        await event.ack();
      };
      app.event('file_shared', async ({ body, context }) => {
        tries.push([body.event_id, context.retryNum]);
        if (tries.length === 1) throw new Error('database away');
      });
    });
    await console.drop({ name: 'a.mp3', bytes: Buffer.from('a') });
    await vi.waitFor(() => expect(tries).toHaveLength(2));
    const [[id]] = tries as [[string, undefined]];
    expect(tries).toEqual([[id, undefined], [id, 1]]);
  });
});
