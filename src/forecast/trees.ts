import { binColumns, type Binned } from '../boosting/bin-columns.ts';
import { predictRow } from '../boosting/predict.ts';
import { randomFrom } from '../boosting/random.ts';
import { trainBoosting } from '../boosting/train.ts';
import type { Ensemble } from '../boosting/types.ts';
import type { TrainingTable } from './training-table.ts';
import { LEVELS } from './types.ts';

/** Three ensembles, one a level, for each bag. */
export type TreeModel = { bags: Ensemble[][] };

/** There are hundreds of songs however many rows: few shallow trees, large leaves, bags of whole groups. */
export type TreeSettings = { trees: number; leaves: number; learningRate: number; leastLeafShare: number; bags: number; seed: number };

const BAG_SHARE = 0.7;

export const binTable = (table: TrainingTable): Binned => binColumns(table.columns, 64);

/**
 * @param start where each row's prediction starts; the trees learn the rest
 * @param onTree called after every tree of every bag
 */
export function fitTrees(table: TrainingTable, binned: Binned, start: Float64Array, settings: TreeSettings, onTree?: () => void): TreeModel {
  const random = randomFrom(settings.seed);
  const minRows = Math.max(10, Math.round(settings.leastLeafShare * table.target.length));
  const bags = Array.from({ length: settings.bags }, (_, bag) => {
    const drawn = Uint8Array.from({ length: table.groups }, () => (random() < BAG_SHARE ? 1 : 0));
    if (!drawn.includes(1)) drawn.fill(1);
    const weight = Float64Array.from(table.group, (group) => drawn[group] as number);
    const problem = { target: table.target, censored: table.censored, weight, start };
    const { trees, leaves, learningRate } = settings;
    return LEVELS.map((level) =>
      trainBoosting(binned, problem, { loss: { kind: 'quantile', level }, trees, leaves, learningRate, minRows, lambda: 0, columnShare: 0.5, seed: settings.seed * 1000 + bag }, onTree),
    );
  });
  return { bags };
}

/** Adds the trees' part to each of three targets. */
export function addTrees(model: TreeModel, row: Float32Array, into: Float64Array): void {
  for (const bag of model.bags)
    for (let level = 0; level < LEVELS.length; level++) into[level] = (into[level] as number) + predictRow(bag[level] as Ensemble, row) / model.bags.length;
}
