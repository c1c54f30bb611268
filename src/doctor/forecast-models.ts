import type { Database } from '../db/client.ts';
import { knownModels, KINDS } from '../forecast/active-engine.ts';
import { catalogueBank } from '../forecast/catalogue-bank.ts';
import { FEWEST_TO_LEARN } from '../forecast/retrain.ts';
import type { Text } from '../text/catalogue.ts';
import type { Finding } from './examine.ts';

/** Which model forecasts each kind of data, and how far the catalogue is from teaching one of its own. */
export async function lookAtForecastModels(db: Database, text: Text): Promise<Finding[]> {
  const banks = await catalogueBank({ db });
  const models = await knownModels({ db });
  const none = KINDS.every((kind) => banks[kind].songs.length === 0);
  return KINDS.flatMap((kind): Finding[] => {
    const active = models.find((model) => model.kind === kind && model.active);
    if (!active) return [];
    const finished = banks[kind].songs.length;
    const { id, fittedOn, madeAt } = active;
    const found = text.t('doctor.forecast-found', { kind, id, fittedOn, finished, shipped: madeAt ? 'no' : 'yes', date: madeAt ? text.date(madeAt.toISOString().slice(0, 10)) : '' });
    if (madeAt || (finished === 0 && !none)) return [{ part: 'forecast', state: 'ok', found }];
    const todo = finished < FEWEST_TO_LEARN ? text.t('doctor.forecast-missing', { missing: FEWEST_TO_LEARN - finished }) : text.t('doctor.forecast-ready');
    return [{ part: 'forecast', state: 'notice', found, todo }];
  });
}
