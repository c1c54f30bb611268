import type { TransactionSql } from 'postgres';
import { rememberEvent } from '../../db/queries/slack-event.ts';
import type { SlackContext } from '../context.ts';

/** Does the work of an event, such as queueing a job, in the transaction that remembers it: a second delivery does nothing, a failed one is not remembered. */
export async function once({ services }: SlackContext, event: { workspaceId: string; eventId: string }, work: (tx: TransactionSql) => Promise<void>): Promise<void> {
  await services.db.sql.begin(async (tx) => {
    if (await rememberEvent(tx, event.workspaceId, event.eventId)) await work(tx);
  });
}
