import { z } from 'zod';
import { blocks, flag, json, readArguments } from '../arguments.ts';
import { acceptContent, postEphemeral, postFromApp } from '../messages.ts';
import { SlackError } from '../slack-error.ts';
import type { ConsoleMessage, Json } from '../types.ts';
import { findChannel, type Workspace } from '../workspace.ts';
import { formatFile } from '../file-shape.ts';
import type { Method, Servers } from './method.ts';

const content = z.object({
  text: z.string().optional(),
  blocks: blocks.optional(),
  attachments: json(z.array(z.unknown())).optional(),
  metadata: json(z.looseObject({})).optional(),
});
const posting = content.extend({ channel: z.string(), thread_ts: z.string().optional() });

const postMessage: Method = ({ workspace }, given) => {
  const { channel, thread_ts, ...rest } = readArguments(posting, given);
  const place = { channel: findChannel(workspace, channel).id, thread_ts: threadOf(workspace, thread_ts) };
  const message = postFromApp(workspace, place, acceptContent(workspace, rest));
  return { channel: message.channel, ts: message.ts, message: shown(message) };
};

const ephemeral: Method = ({ workspace }, given) => {
  const { channel, thread_ts, user, ...rest } = readArguments(posting.extend({ user: z.string() }), given);
  const place = { channel: findChannel(workspace, channel).id, thread_ts };
  if (user !== workspace.person.id) throw new SlackError('user_not_in_channel');
  return { message_ts: postEphemeral(workspace, place, acceptContent(workspace, rest)).ts };
};

/** As with Slack, a text given without blocks takes the blocks away, and blocks without a text keep the text. */
const update: Method = (servers, given) => {
  const { workspace } = servers;
  const { channel, ts, file_ids, ...rest } = readArguments(content.extend({ channel: z.string(), ts: z.string(), file_ids: json(z.array(z.string())).optional(), reply_broadcast: flag.optional() }), given);
  const old = ownMessage(workspace, channel, ts, 'cant_update_message');
  const { blocks: oldBlocks, metadata: oldMetadata, ...kept } = old;
  const next = acceptContent(workspace, { ...rest, text: rest.text ?? old.text, blocks: rest.blocks ?? (rest.text === undefined ? oldBlocks : undefined), metadata: rest.metadata ?? oldMetadata });
  const files = file_ids ? { files: attached(servers, file_ids) } : {};
  const message = workspace.keep({ ...kept, ...next, ...files, edited: { user: workspace.bot.userId, ts: workspace.nextTs() } });
  tellOfChange(workspace, { subtype: 'message_changed', message: shown(message), previous_message: shown(old) }, old);
  return { channel: message.channel, ts, text: message.text, message: shown(message) };
};

const remove: Method = ({ workspace }, given) => {
  const { channel, ts } = readArguments(z.object({ channel: z.string(), ts: z.string() }), given);
  const message = ownMessage(workspace, channel, ts, 'cant_delete_message');
  workspace.drop(message);
  tellOfChange(workspace, { subtype: 'message_deleted', deleted_ts: ts, previous_message: shown(message) }, message);
  return { channel: message.channel, ts };
};

const getPermalink: Method = ({ workspace }, given) => {
  const { channel, message_ts } = readArguments(z.object({ channel: z.string(), message_ts: z.string() }), given);
  const { id } = findChannel(workspace, channel);
  if (!workspace.messages.has(message_ts)) throw new SlackError('message_not_found');
  return { channel: id, permalink: `https://${workspace.team.domain}.slack.com/archives/${id}/p${message_ts.replace('.', '')}` };
};

function ownMessage(workspace: Workspace, channel: string, ts: string, refusal: string): ConsoleMessage {
  const { id } = findChannel(workspace, channel);
  const message = workspace.messages.get(ts);
  if (!message || message.channel !== id || message.is_ephemeral) throw new SlackError('message_not_found');
  if (message.user !== workspace.bot.userId) throw new SlackError(refusal);
  return message;
}

function attached({ workspace, origin }: Servers, ids: string[]): Json[] {
  return ids.map((id) => {
    const file = workspace.files.get(id);
    if (file?.state !== 'complete') throw new SlackError('file_not_found');
    return formatFile(workspace, origin, file);
  });
}

/** A reply to a reply goes to the thread's first message. */
function threadOf(workspace: Workspace, ts: string | undefined): string | undefined {
  if (ts === undefined || ts === '') return undefined;
  return workspace.messages.get(ts)?.thread_ts ?? ts;
}

function tellOfChange(workspace: Workspace, change: Json, { channel }: ConsoleMessage): void {
  const ts = workspace.nextTs();
  if (findChannel(workspace, channel).is_im) workspace.tell({ type: 'message', hidden: true, channel, channel_type: 'im', ts, event_ts: ts, ...change });
}

const shown = ({ channel: _channel, ...message }: ConsoleMessage): Json => message;

export const chatMethods = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': ephemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};
