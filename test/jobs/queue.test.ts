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
