import type { Sql } from 'postgres';
import { activeForecastModelId, readForecastModel, storeForecastModel } from '../db/queries/forecast-model-store.ts';
import type { Services } from '../services.ts';
import { catalogueBank } from './catalogue-bank.ts';
import { defaultEngine } from './default-engines.ts';
import type { DataKind, Engine } from './engine.ts';
import type { Contest } from './retrain.ts';
import { readEngine, storeEngine, type StoredEngine } from './store-engine.ts';

/** The model that answers for one kind of data, and the id it is stored under. `shipped`: not the catalogue's own. */
export type ActiveEngine = { engine: Engine; id: string; shipped: boolean };

/** Models as read from a database; they go with its connection. */
const read = new WeakMap<Sql, Map<string, Promise<Engine>>>();

/** The catalogue's own model where one was activated, else the shipped one. */
export async function activeEngine({ db }: Pick<Services, 'db'>, kind: DataKind): Promise<ActiveEngine> {
  const id = await activeForecastModelId(db.sql, kind);
  if (!id) return { engine: await defaultEngine(kind), id: `default-${kind}/1`, shipped: true };
  const known = read.get(db.sql) ?? new Map<string, Promise<Engine>>();
  read.set(db.sql, known);
  const engine = known.get(id) ?? readForecastModel(db.sql, id).then((stored) => readEngine(stored as StoredEngine));
  known.set(id, engine);
  return { engine: await engine, id, shipped: false };
}

export type Trained = { id: string; kind: DataKind; fittedOn: number; beat: string; contest: Contest };

/**
 * Learns from the catalogue's finished songs in a worker thread, compares with the active model on songs that the learner did not see, stores both results, and activates the new model
 * only if it did better.
 * @throws UserError `too-few-finished-songs`
 */
export async function retrainForecast(services: Services, kind: DataKind): Promise<Trained> {
  const active = await activeEngine(services, kind);
  const { songs } = (await catalogueBank(services))[kind];
  const { candidate, contest } = await services.work.run('trainForecast', { songs: [...songs], kind, active: storeEngine(active.engine) });
  const id = await storeForecastModel(services.db.sql, kind, candidate, contest);
  return { id, kind, fittedOn: candidate.fittedOn, beat: active.id, contest };
}
