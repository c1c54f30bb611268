import type { Sql, TransactionSql } from 'postgres';

/** A message that tells of several files. */
export type ToldTogether = { workspaceId: string; channel: string; threadTs: string | null; messageTs: string; pictureId: string | null; what: string };

/** Notes that a message tells of these files, so that it goes when one of them is deleted (`repliesAbout` finds it by each). */
export async function noteToldTogether(sql: Sql, fileIds: readonly string[], { workspaceId, channel, threadTs, messageTs, pictureId, what }: ToldTogether): Promise<void> {
  await sql`
    insert into reply (workspace_id, request_id, channel, thread_ts, message_ts, picture_id, answered_at)
    select ${workspaceId}, file || ':' || ${what}::text || ':' || ${channel}::text || ':' || ${messageTs}::text, ${channel}, ${threadTs}, ${messageTs}, ${pictureId}, now()
    from unnest(${[...fileIds]}::text[]) as told(file)
    on conflict (workspace_id, request_id) do update set picture_id = excluded.picture_id`;
}

/** Where the answer to a request stands. */
export async function findReply(sql: Sql, workspaceId: string, requestId: string): Promise<{ threadTs: string | null; messageTs: string | null; pictureId: string | null; answered: boolean } | undefined> {
  const [row] = await sql<{ threadTs: string | null; messageTs: string | null; pictureId: string | null; answered: boolean }[]>`
    select thread_ts as "threadTs", message_ts as "messageTs", picture_id as "pictureId", answered_at is not null as answered
    from reply where workspace_id = ${workspaceId} and request_id = ${requestId}`;
  return row;
}

/** Opens the answered requests for a file's score again, in the transaction that queues them: their messages are written anew. @returns where they are. */
export async function reopenScores(tx: TransactionSql, workspaceId: string, fileId: string): Promise<{ channel: string; threadTs: string | null }[]> {
  return await tx<{ channel: string; threadTs: string | null }[]>`
    update reply set answered_at = null
    where workspace_id = ${workspaceId} and request_id = ${fileId}::text || ':' || channel and answered_at is not null
    returning channel, thread_ts as "threadTs"`;
}
