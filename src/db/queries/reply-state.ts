import type { Sql, TransactionSql } from 'postgres';

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

/** A picture that no message shows yet has a row of its own, found like the reply itself by what is told of the file. */
const heldBy = (requestId: string) => `${requestId}:next`;

/**
 * Remembers a picture that was uploaded and is about to be shown, so that it is found again whatever happens.
 * @returns the picture that nothing will show: the one that an earlier attempt left, or this one where the request was forgotten meanwhile.
 */
export async function holdPicture(sql: Sql, workspaceId: string, requestId: string, pictureId: string): Promise<string | undefined> {
  const [row] = await sql<{ left: string | null }[]>`
    with before as (select picture_id from reply where workspace_id = ${workspaceId} and request_id = ${heldBy(requestId)})
    insert into reply (workspace_id, request_id, channel, picture_id)
    select workspace_id, ${heldBy(requestId)}, channel, ${pictureId} from reply where workspace_id = ${workspaceId} and request_id = ${requestId}
    on conflict (workspace_id, request_id) do update set picture_id = excluded.picture_id
    returning (select picture_id from before) as left`;
  return row ? (row.left ?? undefined) : pictureId;
}

/** Marks the request as answered for good, with the picture that the answer shows. @returns the pictures that it showed before, or was going to show. */
export async function closeReply(sql: Sql, workspaceId: string, requestId: string, pictureId: string | null): Promise<string[]> {
  const rows = await sql<{ pictureId: string }[]>`
    with shown as (select picture_id from reply where workspace_id = ${workspaceId} and request_id = ${requestId}),
    held as (delete from reply where workspace_id = ${workspaceId} and request_id = ${heldBy(requestId)} returning picture_id),
    closed as (update reply set answered_at = now(), picture_id = ${pictureId} where workspace_id = ${workspaceId} and request_id = ${requestId})
    select picture_id as "pictureId" from (select * from shown union select * from held) as known where picture_id is distinct from ${pictureId} and picture_id is not null`;
  return rows.map((row) => row.pictureId);
}

/** Opens an answered request again, in the transaction that queues its work. @returns false when the message is another one, or is being worked at: of two presses one counts. */
export async function reopenReply(tx: TransactionSql, workspaceId: string, requestId: string, messageTs: string): Promise<boolean> {
  const rows = await tx`
    update reply set answered_at = null
    where workspace_id = ${workspaceId} and request_id = ${requestId} and message_ts = ${messageTs} and answered_at is not null`;
  return rows.count === 1;
}

/** Whether a request is still to be answered somewhere: not when its file was deleted meanwhile. */
export async function hasReply(sql: Sql, workspaceId: string, requestId: string): Promise<boolean> {
  return (await sql`select from reply where workspace_id = ${workspaceId} and request_id = ${requestId}`).length > 0;
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
