import type { PendingQuery, Row, Sql } from 'postgres';

/** Who asks for demos, and in which Slack conversation. */
export type DemoReader = { workspaceId: string; userId: string; channel: string };

/** Everyone in a Slack conversation: what is posted there may tell of nothing else. */
export type DemoAudience = Omit<DemoReader, 'userId'>;

/**
 * The one rule of who sees the demo `d`: in Slack, whoever shared it, and who asks in a conversation that it is shared in. Unreleased
 * songs are secret, and other members may not know that one exists. `owner`: whoever has the whole database, at the terminal.
 */
export function seenBy(sql: Sql, reader: DemoReader | DemoAudience | 'owner'): PendingQuery<Row[]> {
  if (reader === 'owner') return sql`true`;
  const { workspaceId, channel } = reader;
  const own = 'userId' in reader ? sql`d.shared_by = ${reader.userId}` : sql`false`;
  return sql`(d.workspace_id = ${workspaceId} and (${own} or ${channel} = any(d.channels)))`;
}
