import type { Sql, TransactionSql } from 'postgres';
import { ADVISORY } from '../locks.ts';

/**
 * The turn of a workspace's next job in a queue: one after its own last one, but not before what is being worked at, so that
 * workspaces take turns however many jobs each has waiting. Turns are taken one at a time, until the transaction ends.
 * Source: start-time fair queueing, Goyal, Vin and Cheng, SIGCOMM 1996, every job weighing 1.
 * @example with A's turns 0 to 19 waiting, B's first job gets turn 0 and is next
 */
export async function takeTurn(tx: TransactionSql, queue: string, workspaceId: string): Promise<number> {
  await tx`select pg_advisory_xact_lock(${ADVISORY.turns})`;
  const [{ turn }] = await tx<{ turn: number }[]>`
    select greatest(coalesce(min(-priority), 0), coalesce(max(-priority) filter (where group_id = ${workspaceId}) + 1, 0)) as turn
    from job.job where name = ${queue} and state in ('created', 'retry', 'active')`;
  return turn;
}

/** Whether a queue has jobs waiting or being worked at. */
export async function isBusy(sql: Sql, queue: string): Promise<boolean> {
  return (await sql`select from job.job where name = ${queue} and state in ('created', 'retry', 'active') limit 1`).length > 0;
}
