import type { Sql } from 'postgres';

/** Forgets events received more than 30 days ago: Slack delivers one again for an hour at most. @returns how many. */
export async function purgeOldEvents(sql: Sql): Promise<number> {
  return (await sql`delete from slack_event where received_at < now() - interval '30 days'`).count;
}

/** Forgets replies opened more than 30 days ago: such an answer isn't updated any more. The messages stay in Slack. @returns how many. */
export async function purgeOldReplies(sql: Sql): Promise<number> {
  return (await sql`delete from reply where created_at < now() - interval '30 days'`).count;
}
