import { checkBlocks } from './block-check.ts';
import { newSecret } from './ids.ts';
import { SlackError } from './slack-error.ts';
import type { Block, ConsoleMessage, Json } from './types.ts';
import type { Workspace } from './workspace.ts';

const MOST_BLOCKS = { message: 50, view: 100 };
/** Slack refuses longer texts outright. */
const MOST_CHARACTERS = 40_000;

export type Content = { text?: string; blocks?: Block[]; attachments?: unknown[]; metadata?: Json };

/**
 * Blocks as Slack keeps them: checked, each with a block_id and each element with an action_id.
 * @throws SlackError invalid_blocks, saying where
 */
export function acceptBlocks(workspace: Workspace, blocks: Block[], surface: 'message' | 'view'): Block[] {
  const faults = checkBlocks(blocks, MOST_BLOCKS[surface], (id) => workspace.files.get(id)?.state === 'complete');
  if (faults.length > 0) throw new SlackError('invalid_blocks', faults);
  return blocks.map((block) => named({ ...block, block_id: block.block_id ?? newSecret().slice(0, 5) }));
}

const INTERACTIVE = /button|select|picker|overflow|radio|checkboxes|input$/;

function named(block: Block): Block {
  const name = (element: unknown): unknown =>
    typeof element === 'object' && element !== null && 'type' in element && INTERACTIVE.test(String(element.type)) ? { action_id: newSecret().slice(0, 5), ...element } : element;
  const result: Block = { ...block };
  if (Array.isArray(block.elements)) result.elements = block.elements.map(name);
  if (block.accessory !== undefined) result.accessory = name(block.accessory);
  if (block.element !== undefined) result.element = name(block.element);
  return result;
}

/**
 * The content of a new or changed message.
 * @throws SlackError no_text, msg_too_long, invalid_blocks
 */
export function acceptContent(workspace: Workspace, { text, blocks, attachments, metadata }: Content): Pick<ConsoleMessage, 'text' | 'blocks' | 'metadata'> {
  if (!text && !blocks?.length && !attachments?.length) throw new SlackError('no_text');
  if (text && text.length > MOST_CHARACTERS) throw new SlackError('msg_too_long');
  return {
    text: text ?? '',
    ...(blocks?.length ? { blocks: acceptBlocks(workspace, blocks, 'message') } : {}),
    ...(metadata ? { metadata } : {}),
  };
}

export type Place = { channel: string; thread_ts?: string };

/** A message of the app's, in the channel for all. In a direct message the app hears of it too, as with Slack. */
export function postFromApp(workspace: Workspace, place: Place, content: Pick<ConsoleMessage, 'text' | 'blocks' | 'files' | 'metadata' | 'subtype'>): ConsoleMessage {
  const message = workspace.keep(fromApp(workspace, place, content));
  tellOfMessage(workspace, message);
  return message;
}

/** A message of the app's that only the person sees: not kept by Slack, unknown to chat.update. */
export function postEphemeral(workspace: Workspace, place: Place, content: Pick<ConsoleMessage, 'text' | 'blocks'>): ConsoleMessage {
  return workspace.keep({ ...fromApp(workspace, place, content), is_ephemeral: true });
}

function fromApp(workspace: Workspace, { channel, thread_ts }: Place, content: Pick<ConsoleMessage, 'text'>): ConsoleMessage {
  const { bot, appId, nextTs } = workspace;
  return { type: 'message', user: bot.userId, bot_id: bot.botId, app_id: appId, ts: nextTs(), channel, ...(thread_ts ? { thread_ts } : {}), ...content };
}

/** message.im: the app subscribes to direct messages only, its own included. */
export function tellOfMessage(workspace: Workspace, message: ConsoleMessage): void {
  const channel = workspace.channels.find(({ id }) => id === message.channel);
  if (!channel?.is_im || message.is_ephemeral) return;
  workspace.tell({ ...message, team: workspace.team.id, channel_type: 'im', event_ts: message.ts });
}
