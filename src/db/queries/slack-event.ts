import type { TransactionSql } from 'postgres';

/** Remembers an event in the transaction that queues its work. @returns false when it was delivered before. */
export async function rememberEvent(tx: TransactionSql, workspaceId: string, eventId: string): Promise<boolean> {
  const rows = await tx`
    insert into slack_event (workspace_id, event_id) values (${workspaceId}, ${eventId})
    on conflict do nothing
    returning event_id`;
  return rows.length === 1;
}
