import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDaily } from '../../src/catalogue/import/daily.ts';
import { loadSongs } from '../../src/catalogue/import/songs.ts';
import { readConfig } from '../../src/config.ts';
import type { Database } from '../../src/db/client.ts';
import { backtestCatalogue, type CatalogueBacktest } from '../../src/forecast/backtest.ts';
import { catalogueBank } from '../../src/forecast/catalogue-bank.ts';
import { createLog } from '../../src/log.ts';
import { createWorkPool } from '../../src/work/pool.ts';
import { testDatabase } from '../db/database.ts';
import { madeSongs } from './made-songs.ts';

const FLOOR = 900;
const dateOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
const work = createWorkPool(1);
const opened: Database[] = [];
afterAll(async () => {
  await work.close();
  for (const db of opened) await db.close();
});

/** Songs and their days as imported: an off-chart day has its floor and no count. */
async function catalogueOf(kinds: readonly ('chart' | 'complete')[], count: number) {
  const db = await testDatabase();
  opened.push(db);
  const made = kinds.flatMap((kind) => madeSongs(count, 5, kind === 'chart' ? FLOOR : undefined).map((song) => ({ ...song, kind })));
  await loadSongs(db, made.map(({ kind, id, date }) => ({ id: `${kind} ${id}`, title: `${kind} ${id}`, artist: `${kind} ${id % 6}`, genre: id % 2 ? 'pop' : 'folk', releaseDate: dateOf(date) })));
  const countsOf = (wanted: string) => made.filter(({ kind }) => kind === wanted).flatMap(({ kind, id, date, series }) => [...series.plays].map((plays, day) => ({ song: `${kind} ${id}`, day: dateOf(date + day), ...(kind === 'chart' ? { plays: Number.isNaN(plays) ? null : plays, floor: FLOOR } : { plays }) })));
  for (const kind of kinds) await loadDaily(db, countsOf(kind), { feed: kind });
  return { db, work, config: readConfig({}), log: createLog('silent') };
}

describe.each([
  ['a chart-only catalogue', ['chart']],
  ['a complete catalogue', ['complete']],
  ['a mixed catalogue', ['chart', 'complete']],
] as const)('%s', (_, kinds) => {
  const COUNT = 40;
  let services: Awaited<ReturnType<typeof catalogueOf>>;
  const told: string[] = [];
  let backtest: CatalogueBacktest;
  beforeAll(async () => {
    services = await catalogueOf(kinds, COUNT);
    backtest = await backtestCatalogue(services, (done, kind) => told.push(`${kind} ${done}`));
  }, 120_000);

  it('is tested by each kind with its own model, on all of its songs', () => {
    expect(backtest).toMatchObject({ leftOut: 0, kinds: kinds.map((kind) => ({ kind, model: `default-${kind}/1`, refitted: false, finished: COUNT, dataDate: dateOf(20_000 + 2 * (COUNT - 1) + 59) })) });
    for (const { songs } of backtest.kinds) expect(songs).toBeGreaterThan(COUNT * 0.9);
  });

  it('tells its progress from the worker', () => {
    for (const kind of kinds) expect(told).toContain(`${kind} 0.5`);
  });

  it('gives one row for all, one an origin, and rows by artist size and genre that add up', () => {
    for (const { rows } of backtest.kinds) {
      const n = (by: string, origin: number) => rows.filter((row) => row.by === by && row.origin === origin).reduce((sum, row) => sum + row.engine.n, 0);
      expect(n('all', 0)).toBe(n('all', 3) + n('all', 7) + n('all', 14) + n('all', 30));
      expect(rows.filter(({ by }) => by === 'size').map(({ value }) => value)).toEqual(expect.arrayContaining(['small', 'middle', 'large']));
      expect(n('genre', 3)).toBe(n('all', 3));
      for (const { ratio, engine, szaboHuberman } of rows) expect(ratio).toBeCloseTo(engine.pinball / szaboHuberman, 12);
    }
  });

  it('is told how many days fell below each quantile and inside the band', () => {
    for (const { calibration } of backtest.kinds)
      for (const { below, coverage } of calibration) {
        expect(below).toEqual(below.toSorted((a, b) => a - b));
        expect(coverage).toBeGreaterThan(0.3);
      }
  });

  it('sends songs to the worker that own their numbers and nothing else', async () => {
    const banks = await catalogueBank(services);
    for (const { series } of [...banks.chart.songs, ...banks.complete.songs]) for (const values of [series.plays, series.floor]) expect(values.buffer.byteLength).toBe(60 * 8);
  });
});

it('a catalogue with too few finished songs is refused in the words of training', async () => {
  await expect(backtestCatalogue(await catalogueOf(['chart'], 9))).rejects.toMatchObject({ code: 'too-few-finished-songs', context: { finished: 9, needed: 100 } });
});
