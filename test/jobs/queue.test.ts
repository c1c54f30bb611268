import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/client.ts';
import { startQueue, type Queue } from '../../src/jobs/queue.ts';
import { createLog } from '../../src/log.ts';
import { rememberEvent } from '../../src/db/queries/slack-event.ts';
import { testDatabase } from '../db/database.ts';

let db: Database;
let queue: Queue;
const work = { workspaceId: 'T1', fileId: 'F1', channel: 'C1', userId: 'U1' };

beforeEach(async () => {
  db = await testDatabase();
  queue = await startQueue(db.sql, createLog('silent'));
});
afterEach(async () => {
  await queue.stop(5);
  await db.close();
});

const queued = async () => (await db.sql<{ count: number }[]>`select count(*)::int as count from job.job where name = 'score-demo'`)[0].count;

test('a job reaches its handler with its payload', async () => {
  const taken = new Promise((resolve) => void queue.work('score-demo', 1, async ({ payload }) => resolve(payload)));
  await queue.send('score-demo', work);
  expect(await taken).toEqual(work);
});

test('a job sent in a transaction that rolls back does not exist, nor does its event', async () => {
  const failed = db.sql.begin(async (tx) => {
    await rememberEvent(tx, 'T1', 'Ev1');
    await queue.send('score-demo', work, tx);
    throw new Error('the process dies here');
  });
  await expect(failed).rejects.toThrow('dies here');
  expect(await queued()).toBe(0);
  expect(await db.sql`select from slack_event`).toHaveLength(0);
});

test('an event delivered three times at once queues one job', async () => {
  const deliver = async () =>
    await db.sql.begin(async (tx) => {
      if (await rememberEvent(tx, 'T1', 'Ev1')) await queue.send('score-demo', work, tx);
    });
  await Promise.all([deliver(), deliver(), deliver()]);
  expect(await queued()).toBe(1);
});

test('a payload of another shape is refused when it is sent', async () => {
  await expect(queue.send('score-demo', { ...work, fileId: 7 } as never)).rejects.toThrow();
});

test('a handler that fails is called again, and knows how often it was', async () => {
  const tries: number[] = [];
  const done = new Promise<void>((resolve) => {
    void queue.work('score-demo', 1, async (attempt) => {
      tries.push(attempt.tries);
      if (tries.length < 2) throw new Error('not yet');
      resolve();
    });
  });
  await queue.send('score-demo', work);
  await done;
  expect(tries).toEqual([0, 1]);
});

test('a job that used up its tries goes to where the user is told', async () => {
  await db.sql`update job.queue set retry_limit = 0 where name = 'score-demo'`;
  const told = new Promise((resolve) => void queue.work('score-demo-failed', 1, async ({ payload }) => resolve(payload)));
  await queue.work('score-demo', 1, async () => {
    throw new Error('always');
  });
  await queue.send('score-demo', work);
  expect(await told).toEqual(work);
});

/** Works the queue off, one job at a time; `onJob` may send more. @returns whose turn it was, in order */
async function turns(count: number, onJob: (file: string) => Promise<void> = async () => undefined): Promise<string[]> {
  const order: string[] = [];
  const { promise, resolve } = Promise.withResolvers<string[]>();
  await queue.work('score-demo', 1, async ({ payload }) => {
    order.push(payload.fileId);
    await onJob(payload.fileId);
    if (order.length === count) resolve(order);
  });
  return await promise;
}
const sendAll = async (workspaceId: string, files: string[]) => {
  for (const fileId of files) await queue.send('score-demo', { ...work, workspaceId, fileId });
};

test('a workspace with one file does not wait for the twenty of another', async () => {
  await sendAll('T1', ['a1', 'a2', 'a3', 'a4']);
  await sendAll('T2', ['b1']);
  await sendAll('T3', ['c1', 'c2']);
  expect(await turns(7)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3', 'a4']);
}, 30_000);

test('a workspace that sends a file whenever its last one is done does not starve the others', async () => {
  await sendAll('T1', ['a1', 'a2', 'a3']);
  let sent = 0;
  const order = await turns(6, async (file) => {
    if ((file.startsWith('b') || file === 'a1') && sent < 3) await sendAll('T2', [`b${++sent}`]);
  });
  expect(order.filter((file) => file.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
  expect(order.indexOf('a3')).toBeLessThan(order.indexOf('b3'));
}, 30_000);

test('files that are shared at the same moment, more than there are connections, take different turns', async () => {
  await Promise.all(Array.from({ length: 30 }, async (_, index) => await queue.send('score-demo', { ...work, fileId: `a${index}` })));
  const turns = await db.sql<{ turn: number }[]>`select -priority as turn from job.job where name = 'score-demo' order by 1`;
  expect(turns.map(({ turn }) => turn)).toEqual(Array.from({ length: 30 }, (_, turn) => turn));
});
