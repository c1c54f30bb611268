import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { SlackContext } from '../../context.ts';
import { once } from '../once.ts';

/** A file deleted in Slack: everything derived from it is deleted too. */
export const fileDeleted =
  (context: SlackContext) =>
  async ({ event, body }: SlackEventMiddlewareArgs<'file_deleted'> & AllMiddlewareArgs): Promise<void> => {
    const work = { workspaceId: body.team_id, fileId: event.file_id };
    await once(context, { workspaceId: body.team_id, eventId: body.event_id }, async (tx) => await context.queue.send('forget-demo', work, tx));
  };
