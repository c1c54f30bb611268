import type { Columns, Ensemble } from './types.ts';

/**
 * The score of one row: a quantile, or log-odds.
 * @param row one value a feature, NaN where missing
 */
export function predictRow(ensemble: Ensemble, row: Float32Array): number {
  let score = ensemble.base;
  for (let tree = 0; tree + 1 < ensemble.first.length; tree++) {
    let node = ensemble.first[tree] as number;
    while ((ensemble.feature[node] as number) >= 0) node = childOf(ensemble, node, row);
    score += ensemble.value[node] as number;
  }
  return score;
}

/** The scores of all rows of a table. */
export function predictColumns(ensemble: Ensemble, columns: Columns): Float64Array {
  const row = new Float32Array(columns.length);
  return Float64Array.from(columns[0] ?? [], (_, at) => {
    for (let feature = 0; feature < columns.length; feature++) row[feature] = columns[feature]?.[at] as number;
    return predictRow(ensemble, row);
  });
}

export function childOf({ feature, threshold, missingLeft, left, right }: Ensemble, node: number, row: Float32Array): number {
  const value = row[feature[node] as number] as number;
  const goesLeft = Number.isNaN(value) ? missingLeft[node] === 1 : value <= (threshold[node] as number);
  return (goesLeft ? left[node] : right[node]) as number;
}
