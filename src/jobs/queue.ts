import { PgBoss, type JobWithMetadata } from 'pg-boss';
import type { Logger } from 'pino';
import type { ReservedSql, Sql, TransactionSql } from 'postgres';
import { QUEUES, type Payload, type QueueName } from './queues.ts';

/** One try of a job. `last` is true when a failure will not be tried again, so that the user must hear of it now. */
export type Attempt<Name extends QueueName> = { id: string; payload: Payload<Name>; last: boolean; signal: AbortSignal };

export type Queue = {
  /** Queues a job; with `tx` it exists only if that transaction commits. */
  send<Name extends QueueName>(name: Name, payload: Payload<Name>, tx?: TransactionSql): Promise<void>;
  /** Takes jobs of a queue, at most `concurrency` at once in this process. A handler that throws is retried as the table says. */
  work<Name extends QueueName>(name: Name, concurrency: number, handler: (attempt: Attempt<Name>) => Promise<void>): Promise<void>;
  /** Stops taking jobs and waits for those at hand, at most `seconds`; what is cut off is retried elsewhere. */
  stop(seconds: number): Promise<void>;
};

/**
 * pg-boss over postgres.js. pg-boss may send several statements in one call and expects them on one session, so each call reserves
 * a connection; the pool itself would spread them.
 */
export async function startQueue(sql: Sql, log: Logger): Promise<Queue> {
  const boss = new PgBoss({ db: { executeSql: async (text, values) => await withConnection(sql, async (connection) => await execute(connection, text, values)) }, schema: 'job', monitorIntervalSeconds: 5, superviseIntervalSeconds: 5 });
  boss.on('error', (error) => log.error({ err: error }, 'job queue'));
  await boss.start();
  for (const [name, { options }] of Object.entries(QUEUES)) await boss.createQueue(name, options);
  return {
    send: async (name, payload, tx) => {
      await boss.send(name, QUEUES[name].payload.parse(payload), tx ? { db: { executeSql: async (text, values) => await execute(tx, text, values) } } : {});
    },
    work: async (name, concurrency, handler) => {
      const options = { includeMetadata: true, localConcurrency: concurrency, pollingIntervalSeconds: 0.5 } as const;
      await boss.work(name, options, async ([job]: JobWithMetadata<object>[]) => {
        await handler({
          id: job.id,
          payload: QUEUES[name].payload.parse(job.data) as Payload<typeof name>,
          last: job.retryCount >= job.retryLimit,
          signal: job.signal,
        });
      });
    },
    stop: async (seconds) => await boss.stop({ graceful: true, timeout: seconds * 1000 }),
  };
}

async function withConnection<T>(sql: Sql, use: (connection: ReservedSql) => Promise<T>): Promise<T> {
  const connection = await sql.reserve();
  try {
    return await use(connection);
  } finally {
    connection.release();
  }
}

async function execute(connection: ReservedSql | TransactionSql, text: string, values: unknown[] = []) {
  const result = await connection.unsafe(text, values as never[]);
  const statements: unknown[] = result;
  return { rows: statements.some(Array.isArray) ? statements.flat() : statements };
}
