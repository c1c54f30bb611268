import { predictColumns } from '../../boosting/predict.ts';
import { readEnsemble, storeEnsemble, type StoredEnsemble } from '../../boosting/serialise.ts';
import type { Ensemble } from '../../boosting/types.ts';
import type { Table } from './table.ts';

/** `chorus`: is this frame inside a chorus? `start`: does one begin here? */
export type HookModel = { chorus: Ensemble; start: Ensemble };

export type StoredHookModel = { format: 1; chorus: StoredEnsemble; start: StoredEnsemble };

export const storeHookModel = ({ chorus, start }: HookModel): StoredHookModel => ({ format: 1, chorus: storeEnsemble(chorus), start: storeEnsemble(start) });

/** @throws RangeError when it is damaged or of another format */
export function readHookModel(stored: StoredHookModel): HookModel {
  if (stored.format !== 1) throw new RangeError(`Hook models of format ${String(stored.format)} can't be read`);
  return { chorus: readEnsemble(stored.chorus), start: readEnsemble(stored.start) };
}

/** One probability a frame. @throws RangeError when the model was trained on other columns */
export function probabilities(ensemble: Ensemble, table: Table): Float64Array {
  if (ensemble.features !== table.columns.size) throw new RangeError(`The hook model knows ${ensemble.features} features, not ${table.columns.size}`);
  return predictColumns(ensemble, [...table.columns.values()]).map((score) => 1 / (1 + Math.exp(-score)));
}
