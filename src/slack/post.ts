import type { WebClient } from '@slack/web-api';
import { UserError } from '../errors.ts';
import { withoutPictures, type Message } from './messages/message.ts';

/** The `error` field of a Web API refusal, such as `channel_not_found`; undefined for anything that Slack did not say. */
export function slackErrorOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('data' in error)) return undefined;
  const data: unknown = error.data;
  return typeof data === 'object' && data !== null && 'error' in data ? String(data.error) : undefined;
}

export type Place = { channel: string; threadTs?: string };

/** Posts a message, in words alone when Slack refuses to draw it. @returns its timestamp. @throws UserError not-in-channel. */
export async function postMessage(client: WebClient, { channel, threadTs }: Place, message: Message): Promise<string> {
  const thread = threadTs ? { thread_ts: threadTs } : {};
  const post = async (body: Message) => await client.chat.postMessage({ channel, ...thread, ...body, unfurl_links: false });
  const sent = await post(message).catch(async (error: unknown) => {
    const refusal = slackErrorOf(error);
    if (refusal === 'not_in_channel' || refusal === 'channel_not_found') throw new UserError('not-in-channel', {}, { cause: error });
    if (refusal !== 'invalid_blocks') throw error;
    return await post(withoutPictures(message));
  });
  return sent.ts ?? '';
}

/** Replaces a message that the app posted, in words alone when Slack refuses to draw it. */
export async function updateMessage(client: WebClient, channel: string, ts: string, message: Message): Promise<void> {
  const update = async (body: Message) => await client.chat.update({ channel, ts, ...body });
  await update(message).catch(async (error: unknown) => {
    if (slackErrorOf(error) !== 'invalid_blocks') throw error;
    await update(withoutPictures(message));
  });
}
