import type { Sql } from 'postgres';

/** The message that a file was shared in. */
export type SharedIn = { workspaceId: string; channel: string; ts: string };

/**
 * Notes that a message holds a recording, or a file of another kind: Slack tells of each file alone. Notes lie among the events, whose
 * purge forgets them too. @returns whether both kinds are noted by now; of two jobs at once, the later to note sees both.
 */
export async function noteShared(sql: Sql, message: SharedIn, kind: 'recording' | 'other'): Promise<boolean> {
  const other = kind === 'recording' ? 'other' : 'recording';
  await note(sql, message, kind);
  return (await sql`select from slack_event where workspace_id = ${message.workspaceId} and event_id = ${keyOf(message, other)}`).length > 0;
}

/** Takes the one word that is said of a message's other files. @returns false when it was taken before. */
export const takeWord = async (sql: Sql, message: SharedIn): Promise<boolean> => await note(sql, message, 'told');

async function note(sql: Sql, message: SharedIn, what: string): Promise<boolean> {
  return (await sql`insert into slack_event (workspace_id, event_id) values (${message.workspaceId}, ${keyOf(message, what)}) on conflict do nothing`).count === 1;
}

const keyOf = ({ channel, ts }: SharedIn, what: string): string => `message:${channel}:${ts}:${what}`;
