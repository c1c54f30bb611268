import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { removeDemoChannel } from '../../../db/queries/demo-channels.ts';
import type { SlackContext } from '../../context.ts';
import { once } from '../once.ts';

/** A file is no longer shared in a conversation: its demo is no longer seen from there. */
export const fileUnshared =
  (context: SlackContext) =>
  async ({ event, body }: SlackEventMiddlewareArgs<'file_unshared'> & AllMiddlewareArgs): Promise<void> => {
    const share = { workspaceId: body.team_id, fileId: event.file_id, channel: event.channel_id };
    await once(context, { workspaceId: body.team_id, eventId: body.event_id }, async (tx) => await removeDemoChannel(tx, share));
  };
