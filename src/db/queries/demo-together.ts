import type { Sql, TransactionSql } from 'postgres';

/** A file shared in a channel. */
export type Drop = { workspaceId: string; channel: string; fileId: string };

/** A message whose demos have all been scored, or given up, and who sent it. */
export type ScoredMessage = { ts: string; userId: string; files: string[] };

/**
 * Slack tells of each file of a message alone, and only files.info says which message it was in. So that the last of them to be done with finds the others, each file is
 * noted when it is shared, when it was scored (with its message) and when nothing more will become of it. The notes lie among the events, whose purge forgets them too.
 */
export async function noteDropped(tx: TransactionSql, drop: Drop & { userId: string }): Promise<void> {
  await note(tx, drop.workspaceId, `drop:${drop.channel}:${drop.fileId}:shared:${drop.userId}`);
}

/** The channels that a file was shared in. */
export async function channelsSharedIn(sql: Sql, workspaceId: string, fileId: string): Promise<string[]> {
  const rows = await sql<{ channel: string }[]>`
    select distinct split_part(event_id, ':', 2) as channel from slack_event
    where workspace_id = ${workspaceId} and starts_with(event_id, 'drop:') and split_part(event_id, ':', 3) = ${fileId} and split_part(event_id, ':', 4) = 'shared'`;
  return rows.map(({ channel }) => channel);
}

/** @param ts the message of a scored demo; absent for a file that became none */
export async function noteDone(sql: Sql, drop: Drop, ts: string | undefined): Promise<void> {
  if (ts !== undefined) await note(sql, drop.workspaceId, `message:${drop.channel}:${ts}:scored:${drop.fileId}`);
  await note(sql, drop.workspaceId, `drop:${drop.channel}:${drop.fileId}:done`);
}

/**
 * The messages of a channel with two demos and more of which none is under way. A file that is under way belongs to an unknown message: one that was shared within a
 * minute of a scored one is waited for. Of two files done with at once, the later to be noted sees both.
 */
export async function scoredMessages(sql: Sql, workspaceId: string, channel: string): Promise<ScoredMessage[]> {
  return await sql<ScoredMessage[]>`
    with mine as (select event_id, received_at from slack_event where workspace_id = ${workspaceId} and received_at > now() - interval '1 day'),
    dropped as (
      select split_part(event_id, ':', 3) as file, split_part(event_id, ':', 5) as by, received_at from mine where starts_with(event_id, ${`drop:${channel}:`}) and split_part(event_id, ':', 4) = 'shared'
    ),
    open as (select * from dropped where not exists (select from mine where event_id = ${`drop:${channel}:`} || dropped.file || ':done')),
    scored as (
      select split_part(event_id, ':', 3) as ts, split_part(event_id, ':', 5) as file from mine where starts_with(event_id, ${`message:${channel}:`}) and split_part(event_id, ':', 4) = 'scored'
    )
    select ts, (select min(by) from dropped where file = any(array_agg(scored.file))) as "userId", array_agg(file order by file) as files from scored
    where not exists (select from open join dropped on dropped.file = scored.file where abs(extract(epoch from open.received_at - dropped.received_at)) < 60)
    group by ts having count(*) >= 2 and count(*) = (select count(*) from scored every where every.ts = scored.ts)`;
}

/**
 * Takes the one comparison of a message's demos as they are scored now, in the transaction that queues it; only the last one taken is remembered, so that a demo
 * may come, go and be scored anew. @returns false when it was the last one taken.
 */
export async function takeComparison(tx: TransactionSql, workspaceId: string, channel: string, { ts, files }: ScoredMessage): Promise<boolean> {
  const compared = `message:${channel}:${ts}:compared:`;
  const taken = await tx`
    with now as (
      select md5(string_agg(score.id::text, ' ' order by score.id)) as scores from demo join score on score.demo_id = demo.id
      where demo.workspace_id = ${workspaceId} and demo.slack_file_id = any(${files}::text[])
    ),
    taken as (
      insert into slack_event (workspace_id, event_id) select ${workspaceId}, ${compared}::text || scores from now where scores is not null
      on conflict do nothing returning event_id
    ),
    older as (delete from slack_event where workspace_id = ${workspaceId} and starts_with(event_id, ${compared}) and exists (select from taken))
    select from taken`;
  return taken.length === 1;
}

async function note(sql: Sql | TransactionSql, workspaceId: string, key: string): Promise<boolean> {
  return (await sql`insert into slack_event (workspace_id, event_id) values (${workspaceId}, ${key}) on conflict do nothing`).count === 1;
}
