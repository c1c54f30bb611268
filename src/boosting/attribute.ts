import { childOf } from './predict.ts';
import type { Ensemble } from './types.ts';

export type Attribution = { bias: number; contributions: Float64Array };

/**
 * Why a row has its score: at every split on its path the change of the node's value is credited to the split's feature (Saabas 2014,
 * "Interpreting random forests"). `bias` plus the contributions is the score, up to rounding of 64-bit floats.
 *
 * @returns one contribution a feature, in units of the score
 * @example // a tree that splits on feature 0 into 2 (one row) and 8 (three rows) has value 6.5 at its root:
 * attribute(ensemble, Float32Array.of(9)) // { bias: base + 6.5, contributions: [1.5] }
 */
export function attribute(ensemble: Ensemble, row: Float32Array): Attribution {
  const contributions = new Float64Array(ensemble.features);
  let bias = ensemble.base;
  for (let tree = 0; tree + 1 < ensemble.first.length; tree++) {
    let node = ensemble.first[tree] as number;
    bias += ensemble.value[node] as number;
    for (let feature = ensemble.feature[node] as number; feature >= 0; feature = ensemble.feature[node] as number) {
      const child = childOf(ensemble, node, row);
      contributions[feature] = (contributions[feature] as number) + (ensemble.value[child] as number) - (ensemble.value[node] as number);
      node = child;
    }
  }
  return { bias, contributions };
}
