import { EventEmitter } from 'node:events';
import { createClock, newId, newSecret } from './ids.ts';
import { SlackError } from './slack-error.ts';
import type { Change, Channel, ConsoleFile, ConsoleMessage, ConsoleView, Json, Prompts } from './types.ts';

const PERSON = 'U0CONSOLE1';
const BOT = 'U0CONSOLE2';
/** Slack forgets a trigger_id after 3 seconds. */
const TRIGGER_MS = 3000;

export type Trigger = { expires: number; used: boolean; viewId?: string };

/** What one press or command may still answer through its response_url, and the message it came from. */
export type ResponseUrl = { channel: string; thread_ts?: string; source?: string; expires: number; uses: number };

/**
 * A Slack workspace of one person and one app, held in memory: what Slack's servers would know. `change` tells who shows it,
 * `event` is what Slack would send to the app.
 */
export type Workspace = ReturnType<typeof createWorkspace>;

export function createWorkspace(locale: string) {
  const nextTs = createClock();
  const emitter = new EventEmitter<{ change: [Change]; event: [Json] }>().setMaxListeners(0);
  const messages = new Map<string, ConsoleMessage>();
  const workspace = {
    team: { id: 'T0CONSOLE0', name: 'Console', domain: 'console' },
    appId: 'A0CONSOLE0',
    botToken: `xoxb-console-${newSecret()}`,
    verification: newSecret(),
    person: { id: PERSON, name: 'you', real_name: 'You', locale, tz: new Intl.DateTimeFormat().resolvedOptions().timeZone },
    bot: { userId: BOT, botId: 'B0CONSOLE2', name: 'encore', real_name: 'Encore' },
    channels: [
      { id: 'C0CONSOLE1', name: 'demos', is_im: false },
      { id: 'D0CONSOLE2', name: 'encore', is_im: true },
    ] as [Channel, Channel],
    messages,
    files: new Map<string, ConsoleFile>(),
    /** Open modals, the topmost last. */
    modals: [] as ConsoleView[],
    home: null as ConsoleView | null,
    prompts: null as Prompts | null,
    triggers: new Map<string, Trigger>(),
    responseUrls: new Map<string, ResponseUrl>(),
    emitter,
    nextTs,
    change: (change: Change) => void emitter.emit('change', change),
    tell: (event: Json) => void emitter.emit('event', event),
    /** Keeps a new or changed message and shows it. */
    keep(message: ConsoleMessage): ConsoleMessage {
      messages.set(message.ts, message);
      workspace.change({ type: 'message', message });
      return message;
    },
    drop(message: ConsoleMessage): void {
      messages.delete(message.ts);
      workspace.change({ type: 'message_deleted', channel: message.channel, ts: message.ts });
    },
    showViews: () => workspace.change({ type: 'views', modals: workspace.modals, home: workspace.home }),
    newTrigger(viewId?: string): string {
      const id = `${Date.now()}.${newId('')}.${newSecret()}`;
      workspace.triggers.set(id, { expires: Date.now() + TRIGGER_MS, used: false, viewId });
      return id;
    },
  };
  return workspace;
}

/**
 * The conversation behind a channel id, a channel's name or the person's user id (the direct message with them).
 * @throws SlackError channel_not_found
 */
export function findChannel(workspace: Workspace, id: string): Channel {
  const [demos, direct] = workspace.channels;
  if (id === workspace.person.id) return direct;
  const found = workspace.channels.find((channel) => channel.id === id) ?? (id.replace(/^#/, '') === demos.name ? demos : undefined);
  if (!found) throw new SlackError('channel_not_found');
  return found;
}
