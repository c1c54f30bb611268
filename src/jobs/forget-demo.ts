import { forgetDemo as forget } from '../db/queries/demo-store.ts';
import { forgetReply, repliesAbout } from '../db/queries/reply-state.ts';
import type { SlackContext } from '../slack/context.ts';
import { deleteFile } from '../slack/files.ts';
import { deleteMessage } from '../slack/post.ts';
import type { Attempt } from './queue.ts';

/** A file was deleted in Slack: its score goes with it, and so does every message that told it, with its picture. */
export async function forgetDemo({ services, connect }: SlackContext, { payload: { workspaceId, fileId } }: Attempt<'forget-demo'>): Promise<void> {
  const { sql } = services.db;
  const demos = await forget(sql, workspaceId, fileId);
  const { client } = await connect(workspaceId);
  for (const { requestId, channel, messageTs, pictureId } of await repliesAbout(sql, workspaceId, fileId)) {
    if (messageTs) await deleteMessage(client, channel, messageTs);
    if (pictureId) await deleteFile(client, pictureId);
    await forgetReply(sql, workspaceId, requestId);
  }
  services.log.info({ demos }, 'forgotten');
}
