import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { addDemoChannel } from '../../../db/queries/demo-channels.ts';
import { noteDropped } from '../../../db/queries/demo-together.ts';
import type { SlackContext } from '../../context.ts';
import { once } from '../once.ts';

/** A file shared where the app is. Whether it is a demo is found out by the job: the event carries ids only. */
export const fileShared =
  (context: SlackContext) =>
  async ({ event, body, context: { botUserId } }: SlackEventMiddlewareArgs<'file_shared'> & AllMiddlewareArgs): Promise<void> => {
    if (event.user_id === botUserId) return;
    const work = { workspaceId: body.team_id, fileId: event.file_id, channel: event.channel_id, userId: event.user_id };
    await once(context, { workspaceId: body.team_id, eventId: body.event_id }, async (tx) => {
      await noteDropped(tx, work);
      await addDemoChannel(tx, work);
      await context.queue.send('receive-file', work, tx);
    });
  };
