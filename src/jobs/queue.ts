import { setTimeout as wait } from 'node:timers/promises';
import { PgBoss, type JobWithMetadata } from 'pg-boss';
import type { Logger } from 'pino';
import type { ReservedSql, Sql, TransactionSql } from 'postgres';
import { takeTurn } from '../db/queries/demo-turns.ts';
import { RetryableError } from '../errors.ts';
import { QUEUES, type Payload, type QueueName } from './queues.ts';

/** One try of a job; `tries` counts those before it. */
export type Attempt<Name extends QueueName> = { id: string; payload: Payload<Name>; tries: number; signal: AbortSignal };

export type Queue = {
  /** Queues a job; with `tx` it exists only if that transaction commits. */
  send<Name extends QueueName>(name: Name, payload: Payload<Name>, tx?: TransactionSql): Promise<void>;
  /** Queues a job at every time of a cron line (UTC), once however many processes ask for it. */
  schedule(name: QueueName, cron: string): Promise<void>;
  /** Takes jobs of a queue, at most `concurrency` at once in this process. A handler that throws is retried as the table says. */
  work<Name extends QueueName>(name: Name, concurrency: number, handler: (attempt: Attempt<Name>) => Promise<void>): Promise<void>;
  /** Stops taking jobs and waits for those at hand, at most `seconds`; what is cut off is retried elsewhere. */
  stop(seconds: number): Promise<void>;
};

/** A Retry-After is waited out by the job that met it, up to this long; the queue's own delay follows. */
const LONGEST_WAIT_SECONDS = 60;

/**
 * pg-boss over postgres.js. pg-boss may send several statements in one call and expects them on one session, so each call reserves
 * a connection; the pool itself would spread them.
 */
export async function startQueue(sql: Sql, log: Logger): Promise<Queue> {
  const db = { executeSql: async (text: string, values?: unknown[]) => await withConnection(sql, async (connection) => await execute(connection, text, values)) };
  const boss = new PgBoss({ db, schema: 'job', monitorIntervalSeconds: 5, superviseIntervalSeconds: 5 });
  boss.on('error', (error) => log.error({ err: error }, 'job queue'));
  await boss.start();
  for (const [name, { options }] of Object.entries(QUEUES)) {
    await boss.createQueue(name, options);
    await boss.updateQueue(name, options);
  }
  return {
    send: async (name, payload, tx) => {
      const data = QUEUES[name].payload.parse(payload);
      const sendIn = async (on: TransactionSql) => {
        const turn = 'turns' in QUEUES[name] && 'workspaceId' in data ? await turnOf(on, name, data.workspaceId) : {};
        await boss.send(name, data, { ...turn, db: { executeSql: async (text, values) => await execute(on, text, values) } });
      };
      await (tx ? sendIn(tx) : sql.begin(sendIn));
    },
    schedule: async (name, cron) => await boss.schedule(name, cron),
    work: async (name, concurrency, handler) => {
      const options = { includeMetadata: true, localConcurrency: concurrency, pollingIntervalSeconds: 0.5 } as const;
      await boss.work(name, options, async ([job]: JobWithMetadata<object>[]) => {
        const attempt = { id: job.id, payload: QUEUES[name].payload.parse(job.data) as Payload<typeof name>, tries: job.retryCount, signal: job.signal };
        await handler(attempt).catch(async (error: unknown) => {
          log.warn({ queue: name, tries: job.retryCount, err: error }, 'job failed');
          if (error instanceof RetryableError) await wait(Math.min(error.retryAfter, LONGEST_WAIT_SECONDS) * 1000, undefined, { signal: job.signal }).catch(() => undefined);
          throw error;
        });
      });
    },
    stop: async (seconds) => await boss.stop({ graceful: true, timeout: seconds * 1000 }),
  };
}

/** pg-boss bounds how many jobs of a group run at once, which leaves a place idle or one workspace waiting; what comes first is priority. */
async function turnOf(tx: TransactionSql, queue: QueueName, workspaceId: string): Promise<{ group: { id: string }; priority: number }> {
  return { group: { id: workspaceId }, priority: -(await takeTurn(tx, queue, workspaceId)) };
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
  // pg-boss leaves out optional values; postgres.js wants them named null.
  const result = await connection.unsafe(text, values.map((value) => value ?? null) as never[]);
  const statements: unknown[] = result;
  return { rows: statements.some(Array.isArray) ? statements.flat() : statements };
}
