import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { trainForecast } from '../../src/jobs/train-forecast.ts';
import type { SlackContext } from '../../src/slack/context.ts';
import { createWorkPool } from '../../src/work/pool.ts';
import { testDatabase } from '../db/database.ts';

const db = await testDatabase();
const work = createWorkPool(1);
afterAll(async () => {
  await work.close();
  await db.close();
});
afterEach(() => void vi.restoreAllMocks());

test('the weekly learning says in the log that there are too few songs, and writes nothing else', async () => {
  const info = vi.fn();
  const written = vi.spyOn(process.stderr, 'write');
  await trainForecast({ services: { db, work, config: readConfig({}), log: { info } } } as unknown as SlackContext);
  expect(info.mock.calls.map(([fields]) => fields)).toEqual(['chart', 'complete'].map((kind) => ({ kind, code: 'too-few-finished-songs' })));
  expect(written).not.toHaveBeenCalled();
});
