import type { Services } from '../services.ts';
import { catalogueBank } from './catalogue-bank.ts';
import { defaultEngine } from './default-engines.ts';
import type { DataKind, Engine } from './engine.ts';
import type { Retrained } from './retrain.ts';
import { storeEngine } from './store-engine.ts';

/** The model that answers for one kind of data, and the id it is stored under. `shipped`: not the catalogue's own. */
export type ActiveEngine = { engine: Engine; id: string; shipped: boolean };

export async function activeEngine(_services: Pick<Services, 'db'>, kind: DataKind): Promise<ActiveEngine> {
  return { engine: await defaultEngine(kind), id: `default-${kind}/1`, shipped: true };
}

/**
 * Learns from the catalogue's finished songs in a worker thread and compares with the active model; nothing is changed yet.
 * @throws UserError `too-few-finished-songs`
 */
export async function retrainForecast(services: Services, kind: DataKind): Promise<Retrained> {
  const { engine } = await activeEngine(services, kind);
  const { songs } = (await catalogueBank(services))[kind];
  return await services.work.run('trainForecast', { songs: [...songs], kind, active: storeEngine(engine) });
}
