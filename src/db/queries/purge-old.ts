import type { Sql } from 'postgres';

/** Deletes events and replies older than 30 days: Slack redelivers within an hour, and an older answer is not updated any more. */
export async function purgeOld(sql: Sql): Promise<void> {
  await sql`delete from slack_event where received_at < now() - interval '30 days'`;
  await sql`delete from reply where created_at < now() - interval '30 days'`;
}
