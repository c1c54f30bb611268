import type { WebClient } from '@slack/web-api';
import { UserError } from '../errors.ts';
import { withoutPictures, type Message } from './messages/message.ts';

/** The `error` field of a Web API refusal, such as `channel_not_found`; undefined for anything that Slack did not say. */
export function slackErrorOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('data' in error)) return undefined;
  const data: unknown = error.data;
  return typeof data === 'object' && data !== null && 'error' in data ? String(data.error) : undefined;
}

export type Place = { channel: string; threadTs?: string | undefined };

/** There the app may not write, however often it tries. */
const CLOSED = new Set(['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action', 'restricted_action_thread_locked']);

/** What was posted can't be changed (any more): someone deleted it. */
const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** Posts a message, in words alone when Slack refuses to draw it. @returns its timestamp. @throws UserError not-in-channel. */
export async function postMessage(client: WebClient, { channel, threadTs }: Place, message: Message): Promise<string> {
  const thread = threadTs ? { thread_ts: threadTs } : {};
  const post = async (body: Message) => await client.chat.postMessage({ channel, ...thread, ...body, unfurl_links: false });
  const sent = await post(message).catch(async (error: unknown) => {
    const refusal = slackErrorOf(error) ?? '';
    if (CLOSED.has(refusal)) throw new UserError('not-in-channel', {}, { cause: error });
    if (refusal !== 'invalid_blocks') throw error;
    return await post(withoutPictures(message));
  });
  return sent.ts ?? '';
}

/** Replaces a message that the app posted, in words alone when Slack refuses to draw it. @returns false when the message is gone. */
export async function updateMessage(client: WebClient, channel: string, ts: string, message: Message): Promise<boolean> {
  const update = async (body: Message) => await client.chat.update({ channel, ts, ...body });
  try {
    await update(message).catch(async (error: unknown) => {
      if (slackErrorOf(error) !== 'invalid_blocks') throw error;
      await update(withoutPictures(message));
    });
    return true;
  } catch (error) {
    if (GONE.has(slackErrorOf(error) ?? '')) return false;
    throw error;
  }
}

/** Deletes a message of the app's own; one that is gone already is as good. */
export async function deleteMessage(client: WebClient, channel: string, ts: string): Promise<void> {
  await client.chat.delete({ channel, ts }).catch((error: unknown) => {
    if (!GONE.has(slackErrorOf(error) ?? '') && !CLOSED.has(slackErrorOf(error) ?? '')) throw error;
  });
}
