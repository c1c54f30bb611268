import type { Sql } from 'postgres';
import { activateForecastModel, activeForecastModel, listForecastModels, readForecastModel, storeForecastModel } from '../db/queries/forecast-model-store.ts';
import { UserError } from '../errors.ts';
import type { Services } from '../services.ts';
import { withProgress } from '../work/progress.ts';
import { addDays, daysBetween } from './calendar.ts';
import { catalogueBank } from './catalogue-bank.ts';
import { defaultEngine } from './default-engines.ts';
import type { DataKind, Engine } from './engine.ts';
import { withListenerFacts } from './listener-facts.ts';
import { remembered } from './remembered.ts';
import type { Contest } from './retrain.ts';
import { readEngine, storeEngine, type StoredEngine } from './store-engine.ts';

export const KINDS = ['chart', 'complete'] as const satisfies DataKind[];

/** The model that answers for one kind of data, and the id it is stored under. `shipped`: not the catalogue's own. `learnedUntil`: release of the catalogue's latest song that it learned from. */
export type ActiveEngine = { engine: Engine; id: string; shipped: boolean; learnedUntil?: string };

const EPOCH = '1970-01-01';
const shippedId = (kind: DataKind): string => `default-${kind}/1`;

/** The active models as read from a database; they go with its connection. */
const read = new WeakMap<Sql, Map<DataKind, { mark: string; value: Promise<Engine> }>>();

/** The catalogue's own model where one was activated, else the shipped one. */
export async function activeEngine({ db }: Pick<Services, 'db'>, kind: DataKind): Promise<ActiveEngine> {
  const active = await activeForecastModel(db.sql, kind);
  if (!active) return { engine: await defaultEngine(kind), id: shippedId(kind), shipped: true };
  const { id, learnedUntil, madeAt } = active;
  const known = read.get(db.sql) ?? new Map<DataKind, { mark: string; value: Promise<Engine> }>();
  read.set(db.sql, known);
  const engine = await remembered(known, kind, `${id} ${madeAt}`, async () => readEngine((await readForecastModel(db.sql, id)) as StoredEngine));
  return { engine, id, learnedUntil, shipped: false };
}

export type Trained = { id: string; kind: DataKind; fittedOn: number; beat: string; contest: Contest };

/**
 * Learns from the catalogue's finished songs in a worker thread, compares with the active model on songs that neither has learned from, stores both results, and activates the new model
 * only if it did better.
 * @param onProgress called with the share done, 0..1
 * @throws UserError `too-few-finished-songs`, `too-few-earlier-songs`, `too-few-new-songs`
 */
export async function retrainForecast(services: Services, kind: DataKind, onProgress?: (done: number) => void): Promise<Trained> {
  const { engine, id: beat, learnedUntil } = await activeEngine(services, kind);
  const songs = await withListenerFacts(services, (await catalogueBank(services))[kind].songs);
  const input = { songs, kind, active: storeEngine(engine), learnedUntil: learnedUntil === undefined ? -Infinity : daysBetween(EPOCH, learnedUntil) };
  const learned = await withProgress(async (progress) => await services.work.run('trainForecast', { ...input, ...(progress && { progress }) }), onProgress);
  const { candidate, contest } = learned;
  const id = await storeForecastModel(services.db.sql, { kind, engine: candidate, contest, learnedUntil: addDays(EPOCH, learned.learnedUntil) });
  return { id, kind, fittedOn: candidate.fittedOn, beat, contest };
}

/** A model that may answer: shipped, or learned here with the contest that decided. */
export type KnownModel = { id: string; kind: DataKind; active: boolean; fittedOn: number; madeAt?: Date; contest?: Contest };

/** Every model there is, the shipped one of each kind first. */
export async function knownModels({ db }: Pick<Services, 'db'>): Promise<KnownModel[]> {
  const rows = await listForecastModels(db.sql);
  const lists = await Promise.all(
    KINDS.map(async (kind): Promise<KnownModel[]> => {
      const own = rows.filter((row) => row.kind === kind).map((row) => ({ ...row, contest: row.contest as Contest }));
      return [{ id: shippedId(kind), kind, active: !own.some(({ active }) => active), fittedOn: (await defaultEngine(kind)).fittedOn }, ...own];
    }),
  );
  return lists.flat();
}

/**
 * Makes a known model the one that answers for its kind. The next learning has to beat it.
 * @param id as knownModels gives it
 * @throws UserError `forecast-model-not-found`
 */
export async function useModel(services: Pick<Services, 'db'>, id: string): Promise<KnownModel> {
  const models = await knownModels(services);
  const wanted = models.find((model) => model.id === id);
  if (!wanted) throw new UserError('forecast-model-not-found', { id, known: models.map((model) => model.id).join(', ') });
  await activateForecastModel(services.db.sql, wanted.kind, wanted.contest ? wanted.id : undefined);
  return { ...wanted, active: true };
}
