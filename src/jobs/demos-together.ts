import { channelsSharedIn, noteDone, scoredMessages, takeComparison } from '../db/queries/demo-together.ts';
import { findDemosOfFiles } from '../db/queries/demo-list.ts';
import { findReply } from '../db/queries/demo-told.ts';
import { forgetNotes } from '../db/queries/forget-traces.ts';
import { UserError } from '../errors.ts';
import type { SlackContext } from '../slack/context.ts';
import { lookUpFile } from '../slack/shared-file.ts';
import { requestOf } from './demo-work.ts';
import type { Payload } from './queues.ts';

type Ask = Payload<'receive-file'>;

/** A file was looked at: one that is not going to be scored is waited for no longer. */
export async function afterReceiving(context: SlackContext, ask: Ask): Promise<void> {
  const { workspaceId, requestId } = requestOf(ask);
  const reply = await findReply(context.services.db.sql, workspaceId, requestId);
  if (!reply || reply.answered) await afterDemo(context, ask);
}

/** Nothing more will become of a file: where the other demos of its message are done with too, their comparison is queued. */
export async function afterDemo(context: SlackContext, { workspaceId, fileId, channel }: Ask): Promise<void> {
  const { sql } = context.services.db;
  const scored = (await findDemosOfFiles(sql, workspaceId, [fileId])).length > 0;
  await noteDone(sql, { workspaceId, channel, fileId }, scored ? await messageOf(context, { workspaceId, fileId, channel }) : undefined);
  await compareScored(context, workspaceId, channel);
}

/** A file was deleted: the others of its message no longer wait for it, and where they were compared with it they are compared anew. */
export async function afterForgetting({ services, queue }: SlackContext, { workspaceId, fileId }: Payload<'forget-demo'>): Promise<void> {
  const { sql } = services.db;
  const channels = await channelsSharedIn(sql, workspaceId, fileId);
  await forgetNotes(sql, { workspaceId, fileId });
  for (const channel of channels) await compareScored({ services, queue }, workspaceId, channel);
}

async function compareScored({ services, queue }: Pick<SlackContext, 'services' | 'queue'>, workspaceId: string, channel: string): Promise<void> {
  for (const message of await scoredMessages(services.db.sql, workspaceId, channel))
    await services.db.sql.begin(async (tx) => {
      if (await takeComparison(tx, workspaceId, channel, message)) await queue.send('compare-demos', { workspaceId, channel, ...message }, tx);
    });
}

async function messageOf({ connect }: SlackContext, { workspaceId, fileId, channel }: Omit<Ask, 'userId'>): Promise<string | undefined> {
  const { client } = await connect(workspaceId);
  const file = await lookUpFile(client, fileId, channel, Infinity).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
  });
  return file?.messageTs;
}
