import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDaily } from '../../src/catalogue/import/daily.ts';
import { loadSongs } from '../../src/catalogue/import/songs.ts';
import { readConfig } from '../../src/config.ts';
import type { Database } from '../../src/db/client.ts';
import { activeEngine, retrainForecast } from '../../src/forecast/active-engine.ts';
import { predictEngine } from '../../src/forecast/engine.ts';
import { seriesOf } from '../../src/forecast/series.ts';
import { createLog } from '../../src/log.ts';
import type { Services } from '../../src/services.ts';
import { createWorkPool } from '../../src/work/pool.ts';
import { testDatabase } from '../db/database.ts';

const LOAD = { timeZone: 'Asia/Taipei' };
const LAST = Date.parse('2026-10-31');
const dayBefore = (days: number) => new Date(LAST - days * 86_400_000).toISOString().slice(0, 10);

/** Two kinds of songs that begin alike in level and differ in slope, and then halve on day 30: what a catalogue of its own can teach. */
const playsOf = (song: number, day: number): number => Math.round((300 + (song % 17) * 40) * (day + 1) ** (song % 2 ? -0.15 : -0.6) * (day >= 30 ? 0.4 : 1) * (1 + 0.08 * Math.sin(song + day)));

let db: Database;
let services: Services;
beforeAll(async () => {
  db = await testDatabase();
  services = { config: readConfig({}), log: createLog('silent'), db, work: createWorkPool(1) };
  const ages = Array.from({ length: 160 }, (_, song) => 62 + 2 * song);
  await loadSongs(db, ages.map((age, song) => ({ id: `s${song}`, title: `Song ${song}`, artist: `Artist ${song % 20}`, releaseDate: dayBefore(age) })), LOAD);
  await loadDaily(db, ages.flatMap((age, song) => Array.from({ length: 60 }, (_, day) => ({ song: `s${song}`, day: dayBefore(age - day), plays: playsOf(song, day) }))), LOAD);
}, 60_000);
afterAll(async () => {
  await services.work.close();
  await db.close();
});

test('a catalogue without a model of its own is answered by the shipped one', async () => {
  expect(await activeEngine(services, 'complete')).toMatchObject({ id: 'default-complete/1', shipped: true });
});

test('a model that beats the active one on unseen songs takes its place, and both results are kept', async () => {
  const trained = await retrainForecast(services, 'complete');
  expect(trained).toMatchObject({ id: 'catalogue-complete/1', beat: 'default-complete/1', fittedOn: 160, contest: { activate: true } });
  expect(trained.contest.candidate.pinball).toBeLessThan(trained.contest.active.pinball);
  const { id, shipped, engine } = await activeEngine(services, 'complete');
  expect({ id, shipped }).toEqual({ id: 'catalogue-complete/1', shipped: false });
  const days = Array.from({ length: 7 }, (_, day) => ({ day, date: dayBefore(60 - day), plays: playsOf(1, day), floor: null }));
  expect(predictEngine(engine, seriesOf(days), 7).days).toHaveLength(53);
  expect(await db.sql`select contest->'active'->>'pinball' as before from forecast_model`).toEqual([{ before: String(trained.contest.active.pinball) }]);
}, 120_000);

test('a model that does not beat the active one is kept and not used', async () => {
  await db.sql`insert into forecast_model (id, kind, engine, contest) values ('catalogue-complete/2', 'complete', '{}', '{}')`;
  expect(await activeEngine(services, 'complete')).toMatchObject({ id: 'catalogue-complete/1' });
});

test('too few finished songs of a kind are refused in words', async () => {
  await expect(retrainForecast(services, 'chart')).rejects.toMatchObject({ code: 'too-few-finished-songs', context: { finished: 0 } });
});
