import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { createEmulator } from 'emulate';
import { WebClient } from '@slack/web-api';
import { startProxy, type Proxy } from './proxy.ts';

const SIGNING_SECRET = 'test-signing-secret';
export const BOT_TOKEN = 'xoxb-test-encore';

type By = { userId?: string; channel?: string };

/** A Slack workspace on loopback: the emulator behind a proxy, one person, one channel, and signed requests to the app. */
export type Workspace = {
  proxy: Proxy;
  apiUrl: string;
  signingSecret: string;
  teamId: string;
  userId: string;
  channel: string;
  /** Where the app listens: set before anything is sent. */
  appUrl: string;
  /** A slash command; resolves with the status and body of the acknowledgement. By the person in the channel unless told, like a press. */
  command(name: string, text: string, by?: By): Promise<{ status: number; body: string }>;
  /** A press on a button of a message; `state` is what was chosen in its menus. */
  press(action: { action_id: string; value?: string }, state?: object, by?: By): Promise<{ status: number; body: string }>;
  /** Anything else that a person does, such as a modal that is sent; the workspace and the person are filled in. */
  interact(payload: object): Promise<{ status: number; body: string }>;
  /** An Events API delivery; the same `eventId` is the same event delivered again; from this workspace unless told. */
  event(event: Record<string, unknown>, eventId?: string, team?: string): Promise<{ status: number; body: string }>;
  /** Uploads files in one message. @returns their ids, in order, and the timestamp of the message. */
  shareTogether(files: [name: string, bytes: Uint8Array][]): Promise<{ fileIds: string[]; ts: string }>;
  /** Uploads a file as the person would. @returns its id and the timestamp of the message that shared it. */
  share(name: string, bytes: Uint8Array): Promise<{ fileId: string; ts: string }>;
  /** The messages of a thread after its first, as people see them now. */
  thread(ts: string): Promise<{ ts: string; text: string; blocks: { type: string }[] }[]>;
  close(): Promise<void>;
};

export async function startWorkspace(locale = 'en-US'): Promise<Workspace> {
  const proxy = await startProxy();
  const port = await freePort();
  const emulator = await createEmulator({
    service: 'slack',
    port,
    baseUrl: proxy.url,
    seed: {
      slack: {
        team: { name: 'Harbour Records', domain: 'harbour' },
        users: [{ name: 'maya' }, { name: 'encore' }],
        channels: [{ name: 'demos' }],
        tokens: [
          { token: BOT_TOKEN, type: 'bot', user: 'encore' },
          { token: 'xoxp-test-maya', type: 'user', user: 'maya' },
        ],
      },
    },
  });
  proxy.target = `http://127.0.0.1:${port}`;
  proxy.amend = (method, answered) => (method === 'users.info' && answered['user'] ? { ...answered, user: { ...(answered['user'] as object), locale, tz: 'Asia/Taipei' } } : answered);
  const apiUrl = `${proxy.url}/api/`;
  const person = new WebClient('xoxp-test-maya', { slackApiUrl: apiUrl });
  const me = await person.auth.test();
  const { channels = [] } = await person.conversations.list();
  const channel = channels.find(({ name }) => name === 'demos')?.id ?? '';
  const teamId = me.team_id ?? '';
  const userId = me.user_id ?? '';

  const workspace: Workspace = {
    proxy,
    apiUrl,
    signingSecret: SIGNING_SECRET,
    teamId,
    userId,
    channel,
    appUrl: '',
    command: async (name, text, by = {}) =>
      await post(workspace.appUrl, new URLSearchParams({ command: name, text, team_id: teamId, user_id: by.userId ?? userId, channel_id: by.channel ?? channel, trigger_id: '1.2.3', response_url: `${proxy.url}/respond/${randomUUID()}` })),
    press: async (action, state, by = {}) =>
      await post(
        workspace.appUrl,
        new URLSearchParams({
          payload: JSON.stringify({
            type: 'block_actions',
            team: { id: teamId, domain: 'harbour' },
            user: { id: by.userId ?? userId, team_id: teamId },
            channel: { id: by.channel ?? channel, name: 'demos' },
            container: { type: 'message', message_ts: '1.1', channel_id: by.channel ?? channel, is_ephemeral: true },
            trigger_id: '1.2.3',
            response_url: `${proxy.url}/respond/${randomUUID()}`,
            actions: [{ type: 'button', block_id: 'b', action_ts: '1', ...action }],
            ...(state ? { state } : {}),
          }),
        }),
      ),
    interact: async (payload) => await post(workspace.appUrl, new URLSearchParams({ payload: JSON.stringify({ team: { id: teamId, domain: 'harbour' }, user: { id: userId, team_id: teamId }, trigger_id: '1.2.3', ...payload }) })),
    event: async (event, eventId = `Ev${randomUUID()}`, team = teamId) =>
      await post(workspace.appUrl, JSON.stringify({ type: 'event_callback', team_id: team, api_app_id: 'A1', event_id: eventId, event_time: Math.floor(Date.now() / 1000), authorizations: [{ team_id: team, user_id: 'B1', is_bot: true, is_enterprise_install: false }], event })),
    shareTogether: async (files) => {
      const result = await person.filesUploadV2({ channel_id: channel, file_uploads: files.map(([name, bytes]) => ({ file: Buffer.from(bytes), filename: name, title: name })) });
      const fileIds = (result.files ?? []).flatMap((part) => part.files ?? []).map(({ id = '' }) => id);
      const { file } = await person.files.info({ file: fileIds[0] ?? '' });
      const shares = file?.shares?.public?.[channel] ?? file?.shares?.private?.[channel];
      return { fileIds, ts: shares?.[0]?.ts ?? '' };
    },
    share: async (name, bytes) => {
      const { fileIds, ts } = await workspace.shareTogether([[name, bytes]]);
      return { fileId: fileIds[0] ?? '', ts };
    },
    thread: async (ts) => {
      const { messages = [] } = await person.conversations.replies({ channel, ts });
      return messages.slice(1).map((message) => ({ ts: message.ts ?? '', text: message.text ?? '', blocks: (message.blocks ?? []) as { type: string }[] }));
    },
    close: async () => {
      await emulator.close();
      await proxy.close();
    },
  };
  return workspace;
}

/** Slack signs every request; Bolt's own receiver checks it. */
async function post(appUrl: string, content: URLSearchParams | string): Promise<{ status: number; body: string }> {
  const body = content.toString();
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  const response = await fetch(`${appUrl}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': typeof content === 'string' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `v0=${signature}`,
    },
    body,
  });
  return { status: response.status, body: await response.text() };
}

export async function freePort(): Promise<number> {
  return await new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
