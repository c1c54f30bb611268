import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDaily } from '../../src/catalogue/import/daily.ts';
import { loadSongs } from '../../src/catalogue/import/songs.ts';
import { readConfig } from '../../src/config.ts';
import type { Database } from '../../src/db/client.ts';
import { activeEngine, knownModels, retrainForecast, useModel } from '../../src/forecast/active-engine.ts';
import { defaultEngine } from '../../src/forecast/default-engines.ts';
import { predictEngine } from '../../src/forecast/engine.ts';
import type { Retrained } from '../../src/forecast/retrain.ts';
import { storeEngine } from '../../src/forecast/store-engine.ts';
import { createLog } from '../../src/log.ts';
import type { Services } from '../../src/services.ts';
import { createWorkPool } from '../../src/work/pool.ts';
import { testDatabase } from '../db/database.ts';
import { madeSongs } from './made-songs.ts';

const FLOOR = 900;
const made = madeSongs(110, 5, FLOOR);
const dateOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
const latest = dateOf(made.at(-1)?.date ?? 0);

let db: Database;
let services: Services;
beforeAll(async () => {
  db = await testDatabase();
  services = { config: readConfig({}), log: createLog('silent'), db, work: createWorkPool(1) };
  await loadSongs(db, made.map(({ id, group, date }) => ({ id: `s${id}`, title: `Song ${id}`, artist: group, releaseDate: dateOf(date) })));
  await loadDaily(db, made.flatMap(({ id, date, series }) => [...series.plays].map((plays, day) => ({ song: `s${id}`, day: dateOf(date + day), plays: Number.isNaN(plays) ? null : plays, floor: FLOOR }))));
}, 60_000);
afterAll(async () => {
  await services.work.close();
  await db.close();
});

/** Services whose worker says how the contest went, without learning anything. */
async function contested(activate: boolean): Promise<Services> {
  const summary = { n: 80, pinball: activate ? 0.1 : 0.3, coverage: 0.8, totalError: 0.1, totalRatio: 1 };
  const learned: Retrained = { candidate: storeEngine(await defaultEngine('chart')), learnedUntil: made.at(-1)?.date ?? 0, contest: { candidate: summary, active: { ...summary, pinball: 0.2 }, songs: 22, activate } };
  return { ...services, work: { ...services.work, run: async () => learned as never } };
}

const states = async () => (await knownModels(services)).filter(({ kind }) => kind === 'chart').map(({ id, active }) => `${id} ${active ? 'active' : ''}`.trim());

test('a catalogue without a model of its own is answered by the shipped one', async () => {
  expect(await activeEngine(services, 'chart')).toMatchObject({ id: 'default-chart/1', shipped: true });
});

test('a worker learns, tells its progress, and both results of the contest are kept', async () => {
  const told: number[] = [];
  const { id, beat, contest } = await retrainForecast(services, 'chart', (done) => told.push(done));
  expect({ id, beat, songs: contest.songs }).toEqual({ id: 'catalogue-chart/1', beat: 'default-chart/1', songs: 22 });
  expect(told.length).toBeGreaterThan(50);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  const [row] = await db.sql`select contest, active, learned_until as "learnedUntil" from forecast_model`;
  expect(row).toEqual({ contest, active: contest.activate, learnedUntil: latest });
  await db.sql`truncate forecast_model`;
}, 120_000);

test('a model that beats the active one takes its place', async () => {
  expect(await retrainForecast(await contested(true), 'chart')).toMatchObject({ id: 'catalogue-chart/1', beat: 'default-chart/1', contest: { activate: true } });
  const { id, shipped, learnedUntil, engine } = await activeEngine(services, 'chart');
  expect({ id, shipped, learnedUntil }).toEqual({ id: 'catalogue-chart/1', shipped: false, learnedUntil: latest });
  expect(predictEngine(engine, made[0].series, 7).days).toHaveLength(53);
});

test('a model that does not beat the active one is kept and not used', async () => {
  expect(await retrainForecast(await contested(false), 'chart')).toMatchObject({ id: 'catalogue-chart/2', beat: 'catalogue-chart/1' });
  expect(await states()).toEqual(['default-chart/1', 'catalogue-chart/1 active', 'catalogue-chart/2']);
});

test('another model of the same name, of a catalogue that was emptied, is not taken for the one read before', async () => {
  const { engine: before } = await activeEngine(services, 'chart');
  expect((await activeEngine(services, 'chart')).engine).toBe(before);
  await db.sql`update forecast_model set engine = jsonb_set(engine, '{fittedOn}', '77'), made_at = made_at + interval '1 microsecond' where active`;
  expect((await activeEngine(services, 'chart')).engine.fittedOn).toBe(77);
});

test('a model is read again after it could not be read', async () => {
  await db.sql`update forecast_model set engine = jsonb_set(engine, '{format}', '9'), made_at = made_at + interval '1 microsecond' where active`;
  await expect(activeEngine(services, 'chart')).rejects.toThrow('format');
  await db.sql`update forecast_model set engine = jsonb_set(engine, '{format}', '1') where active`;
  expect(await activeEngine(services, 'chart')).toMatchObject({ id: 'catalogue-chart/1' });
});

test('an active model is not judged by songs that it has learned from', async () => {
  await expect(retrainForecast(services, 'chart')).rejects.toMatchObject({ code: 'too-few-new-songs', context: { fresh: 0 } });
});

test('the shipped model and earlier ones are brought back by name, and by nothing else', async () => {
  expect(await useModel(services, 'default-chart/1')).toMatchObject({ kind: 'chart', active: true });
  expect(await activeEngine(services, 'chart')).toMatchObject({ id: 'default-chart/1', shipped: true });
  await useModel(services, 'catalogue-chart/1');
  expect(await states()).toEqual(['default-chart/1', 'catalogue-chart/1 active', 'catalogue-chart/2']);
  expect((await knownModels(services))[1]).toMatchObject({ contest: { songs: 22, activate: true } });
  await expect(useModel(services, 'catalogue-chart/9')).rejects.toMatchObject({ code: 'forecast-model-not-found' });
  expect(await activeEngine(services, 'chart')).toMatchObject({ id: 'catalogue-chart/1' });
});

test('too few finished songs of a kind are refused in words', async () => {
  await expect(retrainForecast(services, 'complete')).rejects.toMatchObject({ code: 'too-few-finished-songs', context: { finished: 0 } });
});
