import type { Sql } from 'postgres';

/** The one message that answers a request. `messageTs` is null until it is posted, `answered` true once it is final. */
export type ReplyState = { threadTs: string | null; messageTs: string | null; answered: boolean };

/** Opens the reply of a request, or finds the one that an earlier attempt opened. */
export async function openReply(sql: Sql, workspaceId: string, requestId: string, channel: string): Promise<ReplyState> {
  const [row] = await sql<ReplyState[]>`
    insert into reply (workspace_id, request_id, channel) values (${workspaceId}, ${requestId}, ${channel})
    on conflict (workspace_id, request_id) do update set request_id = excluded.request_id
    returning thread_ts as "threadTs", message_ts as "messageTs", answered_at is not null as answered`;
  return row;
}

/** Remembers where the message stands, so that a worker taking over updates it instead of posting another. */
export async function placeReply(sql: Sql, workspaceId: string, requestId: string, threadTs: string | null, messageTs: string): Promise<void> {
  await sql`
    update reply set thread_ts = ${threadTs}, message_ts = ${messageTs}
    where workspace_id = ${workspaceId} and request_id = ${requestId}`;
}

/** Marks the request as answered for good, with the picture that the answer shows. */
export async function closeReply(sql: Sql, workspaceId: string, requestId: string, pictureId: string | null): Promise<void> {
  await sql`update reply set answered_at = now(), picture_id = ${pictureId} where workspace_id = ${workspaceId} and request_id = ${requestId}`;
}

/** Where something was told of a file. */
export type ToldOf = { requestId: string; channel: string; messageTs: string | null; pictureId: string | null };

/** The messages that answered requests about a file, whichever channel it was shared in. */
export async function repliesAbout(sql: Sql, workspaceId: string, fileId: string): Promise<ToldOf[]> {
  return await sql<ToldOf[]>`
    select request_id as "requestId", channel, message_ts as "messageTs", picture_id as "pictureId" from reply
    where workspace_id = ${workspaceId} and split_part(request_id, ':', 1) = ${fileId}`;
}

/** Forgets a reply whose message is gone. */
export async function forgetReply(sql: Sql, workspaceId: string, requestId: string): Promise<void> {
  await sql`delete from reply where workspace_id = ${workspaceId} and request_id = ${requestId}`;
}
