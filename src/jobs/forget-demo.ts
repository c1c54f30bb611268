import { forgetDemo as forget } from '../db/queries/demo-store.ts';
import { forgetJob, forgetJobs, forgetNotes } from '../db/queries/forget-traces.ts';
import { forgetReply, repliesAbout } from '../db/queries/reply-state.ts';
import { RetryableError } from '../errors.ts';
import type { SlackContext } from '../slack/context.ts';
import { deleteFile } from '../slack/files.ts';
import { deleteMessage } from '../slack/post.ts';
import { afterForgetting } from './demos-together.ts';
import type { Attempt } from './queue.ts';

/**
 * A file was deleted in Slack: its score goes with it, and so does every message that told it, with its picture, and the jobs and notes
 * that name it, this job last. A job that is at it meanwhile is waited for, since it may leave something.
 */
export async function forgetDemo(context: SlackContext, { id, payload }: Attempt<'forget-demo'>): Promise<void> {
  const { services, connect } = context;
  const { workspaceId, fileId } = payload;
  const { sql } = services.db;
  const demos = await forget(sql, workspaceId, fileId);
  const { client } = await connect(workspaceId);
  for (const { requestId, channel, messageTs, pictureId } of await repliesAbout(sql, workspaceId, fileId)) {
    if (messageTs) await deleteMessage(client, channel, messageTs);
    if (pictureId) await deleteFile(client, pictureId);
    await forgetReply(sql, workspaceId, requestId);
  }
  await afterForgetting(context, payload);
  await forgetNotes(sql, payload);
  if ((await forgetJobs(sql, payload)) > 0) throw new RetryableError('the file is still being worked at', 1);
  await forgetJob(sql, id);
  services.log.info({ demos }, 'forgotten');
}
