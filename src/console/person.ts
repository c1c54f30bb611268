import { z } from 'zod';
import { findElement, actionOf, stateOf, type Chosen, type Values } from './elements.ts';
import { newSecret } from './ids.ts';
import { tellOfMessage, type Place } from './messages.ts';
import type { Servers } from './methods/method.ts';
import { openModal, readView, replaceView } from './methods/views.ts';
import { closedPayload, commandPayload, messageActionPayload, submissionPayload, suggestionPayload, viewActionPayload } from './payloads.ts';
import type { ConsoleReceiver, Delivery } from './receiver.ts';
import { answerWith, newResponseUrl } from './response-urls.ts';
import { shareFiles } from './share.ts';
import { SlackError } from './slack-error.ts';
import type { ConsoleFile, ConsoleMessage, ConsoleView, Json } from './types.ts';
import { findChannel, type Workspace } from './workspace.ts';

/** What the person at the keyboard does, whether by the page or by a script. */
export type Person = ReturnType<typeof createPerson>;

export type Pressed = { ts?: string; viewId?: string; actionId: string; blockId?: string; chosen?: Chosen; values?: Values };

export function createPerson(servers: Servers, receiver: ConsoleReceiver) {
  const { workspace, files, origin } = servers;
  return {
    /** Sends a slash command or a message. Resolves once the app has acknowledged. */
    say: async (text: string, place: Place): Promise<ConsoleMessage> => (text.startsWith('/') ? await command(servers, receiver, text, place) : message(workspace, text, place)),

    /** Presses a button, or picks in a menu, of a message or a view. @throws SlackError when it isn't there (any more) */
    async press(pressed: Pressed): Promise<Delivery> {
      const { surface, blocks } = surfaceOf(workspace, pressed);
      const found = findElement(blocks, pressed.actionId, pressed.blockId);
      if (!found) throw new SlackError('action_not_found');
      const action = actionOf(found, pressed.chosen ?? null, workspace.nextTs());
      const state = stateOf(blocks, pressed.values ?? {});
      const payload = 'hash' in surface ? viewActionPayload(workspace, surface, action, state) : messageActionPayload(workspace, surface, action, state, newResponseUrl(workspace, origin, surface.channel, surface.ts));
      return await receiver.deliver(payload, pressed.actionId);
    },

    /** The options of a menu whose options the app supplies. */
    async suggest({ value, ...pressed }: Pressed & { value: string }): Promise<Json> {
      const { surface, blocks } = surfaceOf(workspace, pressed);
      const found = findElement(blocks, pressed.actionId, pressed.blockId);
      if (!found) throw new SlackError('action_not_found');
      const where = 'hash' in surface ? { view: surface } : { message: surface };
      const { answer } = await receiver.deliver(suggestionPayload(workspace, { actionId: pressed.actionId, blockId: String(found.block.block_id), value, ...where }), pressed.actionId);
      return z.looseObject({}).catch({}).parse(answer);
    },

    /** Sends a modal's inputs. Returns the mistakes that the app found, by block_id; none when it was taken. */
    submit: async (viewId: string, values: Values): Promise<Record<string, string>> => await submit(workspace, receiver, viewId, values),

    async close(viewId: string): Promise<void> {
      const view = findView(workspace, viewId);
      workspace.modals = workspace.modals.slice(0, workspace.modals.indexOf(view));
      workspace.showViews();
      if (view.notify_on_close) await receiver.deliver(closedPayload(workspace, view, false), view.callback_id);
    },

    /** Shares stored files in one message, as Slack does when several are dropped at once. */
    share(stored: ConsoleFile[], text: string, place: Place): ConsoleMessage {
      const { channel, thread_ts } = checked(workspace, place);
      for (const file of stored) file.state = 'complete';
      return shareFiles(workspace, origin, stored, { channel, thread_ts }, { user: workspace.person.id, text: typed(workspace, text) });
    },

    async removeFile(id: string): Promise<void> {
      const file = workspace.files.get(id);
      if (!file || file.user !== workspace.person.id) throw new SlackError('file_not_found');
      await files.remove(file);
      for (const shared of workspace.messages.values()) withoutFile(workspace, shared, id);
      workspace.tell({ type: 'file_deleted', file_id: id, channel_ids: [...new Set(file.shares.map(({ channel }) => channel))], event_ts: workspace.nextTs() });
    },

    /** Opens the app's Home or its direct message. */
    visit(tab: 'home' | 'messages'): void {
      const [, direct] = workspace.channels;
      workspace.tell({ type: 'app_home_opened', user: workspace.person.id, channel: direct.id, tab, event_ts: workspace.nextTs(), ...(tab === 'home' && workspace.home ? { view: workspace.home } : {}) });
    },

    /** Changes the person's language, of which Slack tells apps with `user_change`. */
    speak(locale: string): void {
      workspace.person.locale = locale;
      workspace.change({ type: 'locale', locale });
      workspace.tell({ type: 'user_change', user: { ...workspace.person, team_id: workspace.team.id }, cache_ts: Math.floor(Date.now() / 1000), event_ts: workspace.nextTs() });
    },
  };
}

/** Slack escapes three characters of what people type, and writes mentions as ids. */
const typed = ({ bot }: Workspace, text: string): string =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign).replace(new RegExp(`@${bot.name}\\b`, 'gi'), `<@${bot.userId}>`);

async function command(servers: Servers, receiver: ConsoleReceiver, line: string, place: Place): Promise<ConsoleMessage> {
  const { workspace, origin } = servers;
  const { channel } = checked(workspace, place);
  if (place.thread_ts) throw new SlackError('command_in_thread');
  const [, name, text] = /^(\/\S*)\s*([\s\S]*)$/.exec(line) ?? [];
  const shown = workspace.keep({ type: 'message', subtype: 'slash_command', user: workspace.person.id, ts: workspace.nextTs(), channel, text: typed(workspace, line), is_ephemeral: true });
  const payload = commandPayload(workspace, { command: name, text: typed(workspace, text.trim()), channel, responseUrl: newResponseUrl(workspace, origin, channel) });
  const { answer } = await receiver.deliver(payload, name);
  if (typeof answer === 'string' && answer !== '') answerWith(workspace, { channel }, { text: answer });
  if (typeof answer === 'object' && answer !== null) answerWith(workspace, { channel }, { ...answer });
  return shown;
}

function message(workspace: Workspace, text: string, place: Place): ConsoleMessage {
  const { channel, thread_ts } = checked(workspace, place);
  const said = workspace.keep({ type: 'message', user: workspace.person.id, ts: workspace.nextTs(), channel, text: typed(workspace, text), ...(thread_ts ? { thread_ts } : {}) });
  if (said.text.includes(`<@${workspace.bot.userId}>`) && !findChannel(workspace, channel).is_im)
    workspace.tell({ ...said, type: 'app_mention', team: workspace.team.id, client_msg_id: newSecret(), event_ts: said.ts });
  tellOfMessage(workspace, said);
  return said;
}

async function submit(workspace: Workspace, receiver: ConsoleReceiver, viewId: string, values: Values): Promise<Record<string, string>> {
  const view = findView(workspace, viewId);
  const { acknowledged, answer } = await receiver.deliver(submissionPayload(workspace, view, stateOf(view.blocks, values)), view.callback_id);
  if (!acknowledged) return {};
  const next = z.looseObject({ response_action: z.enum(['errors', 'update', 'push', 'clear']), errors: z.record(z.string(), z.string()).optional(), view: z.unknown().optional() }).safeParse(answer);
  if (!next.success) workspace.modals = workspace.modals.filter(({ id }) => id !== viewId);
  else if (next.data.response_action === 'errors') return next.data.errors ?? {};
  else if (next.data.response_action === 'clear') workspace.modals = [];
  else if (next.data.response_action === 'update') replaceView(workspace, viewId, readView(next.data.view));
  else openModal(workspace, readView(next.data.view), workspace.modals);
  workspace.showViews();
  return {};
}

function withoutFile(workspace: Workspace, shared: ConsoleMessage, id: string): void {
  if (!shared.files?.some((file) => file.id === id)) return;
  const files = shared.files.filter((file) => file.id !== id);
  if (files.length === 0 && !shared.text) workspace.drop(shared);
  else workspace.keep({ ...shared, files });
}

function surfaceOf(workspace: Workspace, { ts, viewId }: Pressed): { surface: ConsoleMessage | ConsoleView; blocks: ConsoleMessage['blocks'] & {} } {
  const surface = viewId === undefined ? workspace.messages.get(ts ?? '') : findView(workspace, viewId);
  if (!surface) throw new SlackError('message_not_found');
  return { surface, blocks: surface.blocks ?? [] };
}

function findView({ modals, home }: Workspace, id: string): ConsoleView {
  const view = [...modals, home].find((shown) => shown?.id === id);
  if (!view) throw new SlackError('view_not_found');
  return view;
}

const checked = (workspace: Workspace, { channel, thread_ts }: Place): Place => ({ channel: findChannel(workspace, channel).id, ...(thread_ts ? { thread_ts } : {}) });
