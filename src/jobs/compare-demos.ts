import type { WebClient } from '@slack/web-api';
import { findDemosOfFiles } from '../db/queries/demo-list.ts';
import { findReply, noteToldTogether } from '../db/queries/demo-told.ts';
import { ENTRANTS } from '../score/shoot-out.ts';
import { answerShootOut } from '../slack/answers/shoot-out.ts';
import type { SlackContext } from '../slack/context.ts';
import { deleteFile } from '../slack/files.ts';
import { deleteMessage } from '../slack/post.ts';
import { openThreadReply } from '../slack/reply.ts';
import { lookUpFile } from '../slack/shared-file.ts';
import { UserError } from '../errors.ts';
import type { Attempt } from './queue.ts';
import type { Payload } from './queues.ts';

/**
 * Compares the demos of one message in its thread. The message is the request: another attempt, or a file that Slack told of late, changes the one answer.
 * Those that were deleted meanwhile are left out.
 */
export async function compareShared(context: SlackContext, { payload: ask }: Attempt<'compare-demos'>): Promise<void> {
  const { services } = context;
  const { workspaceId, channel } = ask;
  const demos = await findDemosOfFiles(services.db.sql, workspaceId, ask.files);
  if (demos.length < ENTRANTS.fewest) return;
  const { client } = await context.connect(workspaceId);
  const reader = await context.readerOf(client, workspaceId, ask.userId);
  const reply = await openThreadReply(services, client, { workspaceId, requestId: requestOf(ask), channel, threadTs: await threadOf(client, ask) });
  try {
    await reply.finish(await answerShootOut(context, client, reader, demos, { shared: true, highest: true, hold: reply.hold }));
  } catch (error) {
    if (error instanceof UserError && error.code === 'not-in-channel') return services.log.info('the app may not write where files were shared');
    throw error;
  }
  await leaveNothingOfDeleted(context, client, ask, demos.flatMap(({ fileId }) => fileId ?? []));
}

const requestOf = ({ channel, ts }: Payload<'compare-demos'>): string => `together:${channel}:${ts}`;

/** The thread that the demos were answered in: that of their message, or the one that it stands in. */
async function threadOf(client: WebClient, { files, channel, ts }: Payload<'compare-demos'>): Promise<string> {
  for (const fileId of files) {
    const file = await lookUpFile(client, fileId, channel, Infinity).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
    });
    if (file?.threadTs) return file.threadTs;
  }
  return ts;
}

/** From here on the message goes when one of its demos is deleted; one that was deleted while it was written takes it along now. */
async function leaveNothingOfDeleted({ services }: SlackContext, client: WebClient, ask: Payload<'compare-demos'>, told: string[]): Promise<void> {
  const { sql } = services.db;
  const place = await findReply(sql, ask.workspaceId, requestOf(ask));
  if (!place?.messageTs) return;
  const { messageTs, threadTs, pictureId } = place;
  await noteToldTogether(sql, told, { workspaceId: ask.workspaceId, channel: ask.channel, threadTs, messageTs, pictureId, what: 'together' });
  if ((await findDemosOfFiles(sql, ask.workspaceId, told)).length === told.length) return;
  await deleteMessage(client, ask.channel, messageTs);
  if (pictureId) await deleteFile(client, pictureId);
}
