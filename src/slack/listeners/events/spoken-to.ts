import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { SlackContext } from '../../context.ts';
import { helpMessage } from '../../messages/words.ts';
import { once } from '../once.ts';

type Said = { user: string; channel: string; threadTs: string | undefined };

/** Plain words in the direct message: what can be asked is said there, where nobody else reads it. */
export const directMessage =
  (context: SlackContext) =>
  async ({ event, body, client }: SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs): Promise<void> => {
    if (event.channel_type !== 'im' || event.subtype !== undefined || event.bot_id !== undefined) return;
    await sayHelp(context, client, body, { user: event.user, channel: event.channel, threadTs: event.thread_ts }, true);
  };

/** A mention in a channel: what can be asked is said to whoever mentioned the app. A file in the same message is answered by itself. */
export const mentioned =
  (context: SlackContext) =>
  async ({ event, body, client }: SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs): Promise<void> => {
    if (!event.user || event.bot_id !== undefined || ('files' in event && event.files)) return;
    await sayHelp(context, client, body, { user: event.user, channel: event.channel, threadTs: event.thread_ts }, false);
  };

/** Said within the transaction that remembers the event: delivered again it stays unsaid, and failed it is said next time. */
async function sayHelp(context: SlackContext, client: WebClient, body: { team_id: string; event_id: string }, { user, channel, threadTs }: Said, direct: boolean): Promise<void> {
  const { text } = await context.readerOf(client, body.team_id, user);
  const message = { channel, ...(threadTs ? { thread_ts: threadTs } : {}), ...helpMessage(text) };
  await once(context, { workspaceId: body.team_id, eventId: body.event_id }, async () => void (await (direct ? client.chat.postMessage(message) : client.chat.postEphemeral({ ...message, user }))));
}
