import type { Sql } from 'postgres';

/** Forgets events received more than 30 days ago: Slack delivers one again for an hour at most. @returns how many. */
export async function purgeOldEvents(sql: Sql): Promise<number> {
  return (await sql`delete from slack_event where received_at < now() - interval '30 days'`).count;
}

/**
 * Forgets replies opened more than 30 days ago, such as refusals: they aren't updated any more, and stay in Slack. Those that tell of a
 * demo are kept as long as the demo, since they must be found when its file is deleted. @returns how many.
 */
export async function purgeOldReplies(sql: Sql): Promise<number> {
  const purged = await sql`
    delete from reply
    where created_at < now() - interval '30 days'
      and not exists (select from demo where demo.workspace_id = reply.workspace_id and demo.slack_file_id = split_part(reply.request_id, ':', 1))`;
  return purged.count;
}
