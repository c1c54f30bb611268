import type { TransactionSql } from 'postgres';
import { rememberEvent } from '../../db/queries/slack-event.ts';
import type { SlackContext } from '../context.ts';

/** Queues the work of an event in the transaction that remembers it: a second delivery queues nothing, a lost one is not remembered. */
export async function once({ services }: SlackContext, event: { workspaceId: string; eventId: string }, queueWork: (tx: TransactionSql) => Promise<void>): Promise<void> {
  await services.db.sql.begin(async (tx) => {
    if (await rememberEvent(tx, event.workspaceId, event.eventId)) await queueWork(tx);
  });
}
