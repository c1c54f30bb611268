import { cholesky, solveLower, solveUpper } from './cholesky.ts';
import { FIXED_FEATURES, type Snapshot } from './features.ts';
import { LEARNED_ORIGINS, type TrainingTable } from './training-table.ts';

/**
 * Per origin a ridge regression of the target on the features, each allowed to fade or grow with the days ahead. It takes the first `means[at].length` of USED: those after
 * them were unknown in every song it was fitted on, or not thought of yet.
 */
export type LinearModel = { origins: number[]; means: number[][]; deviations: number[][]; weights: number[][] };

const USED = FIXED_FEATURES.flatMap((name, at) => (['origin', 'lastWeekday', 'firstWeekday', 'censored'].includes(name) ? [] : [at]));
const TERMS = 3;
/** Residuals are cut here, so that a viral jump does not turn the line. */
const CUT = 1.2;
const ROUNDS = 6;

/**
 * Multivariate linear model after Pinto et al. (WSDM 2013), which needs few songs. Censored targets are replaced by the smaller of bound and
 * prediction, again after each round (Schmee & Hahn 1979).
 *
 * @param ridge larger pulls the weights closer to 0
 */
export function fitLinear(table: TrainingTable, ridge: number): LinearModel {
  const model: LinearModel = { origins: [], means: [], deviations: [], weights: [] };
  for (const origin of LEARNED_ORIGINS) {
    const rows = table.rows.flatMap(({ snapshot }, at) => (snapshot.origin === origin ? [at] : []));
    if (rows.length < 20) continue;
    const { means, deviations } = spread(rows.map((at) => table.rows[at]?.snapshot.fixed as Float32Array));
    const designs = rows.map((at) => {
      const { snapshot, day } = table.rows[at] as TrainingTable['rows'][number];
      return design(snapshot.fixed, day - origin + 1, means, deviations);
    });
    const targets = rows.map((at) => table.target[at] as number);
    model.origins.push(origin);
    model.means.push(means);
    model.deviations.push(deviations);
    model.weights.push([...solveRobustly(designs, targets, rows.map((at) => table.censored[at] === 1), ridge)]);
  }
  return model;
}

/** The median target: log plays of `day` over the reference. 0 when the model has learned nothing. */
export function predictLinear(model: LinearModel, snapshot: Snapshot, day: number): number {
  const at = nearestOrigin(model, snapshot.origin);
  if (at < 0) return 0;
  return dot(design(snapshot.fixed, day - snapshot.origin + 1, model.means[at] as number[], model.deviations[at] as number[]), model.weights[at] as number[]);
}

/**
 * The prediction of one row as what is expected of any song (`bias`) and what each of FIXED_FEATURES adds.
 * @param fixed values of FIXED_FEATURES
 */
export function linearContributions(model: LinearModel, fixed: Float32Array, origin: number, ahead: number): { bias: number; contributions: Float64Array } {
  const contributions = new Float64Array(FIXED_FEATURES.length);
  const at = nearestOrigin(model, origin);
  if (at < 0) return { bias: 0, contributions };
  const weights = model.weights[at] as number[];
  const terms = design(fixed, ahead, model.means[at] as number[], model.deviations[at] as number[]).map((value, term) => value * (weights[term] as number));
  const sumOf = (column: number) => terms.subarray(column * TERMS, (column + 1) * TERMS).reduce((sum, value) => sum + value, 0);
  model.means[at]?.forEach((_, column) => { contributions[USED[column] as number] = sumOf(column + 1); });
  return { bias: sumOf(0), contributions };
}

/** -1 when the model has learned nothing. */
const nearestOrigin = ({ origins }: LinearModel, origin: number): number =>
  origins.reduce((best, one, index) => (best < 0 || Math.abs(one - origin) < Math.abs((origins[best] as number) - origin) ? index : best), -1);

function spread(rows: readonly Float32Array[]): { means: number[]; deviations: number[] } {
  const means: number[] = [];
  const deviations: number[] = [];
  const last = USED.findLastIndex((feature) => rows.some((row) => Number.isFinite(row[feature] as number)));
  for (const feature of USED.slice(0, last + 1)) {
    const values = rows.map((row) => row[feature] as number).filter((value) => Number.isFinite(value));
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    means.push(mean);
    deviations.push(Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length)) || 1);
  }
  return { means, deviations };
}

function design(fixed: Float32Array, ahead: number, means: readonly number[], deviations: readonly number[]): Float64Array {
  const terms = [1, Math.log(ahead) - 2.5, ahead / 30 - 0.8];
  const values = new Float64Array((means.length + 1) * TERMS);
  for (let term = 0; term < TERMS; term++) {
    values[term] = terms[term] as number;
    means.forEach((mean, at) => {
      const scaled = ((fixed[USED[at] as number] as number) - mean) / (deviations[at] as number);
      values[(at + 1) * TERMS + term] = Number.isFinite(scaled) ? Math.max(-3, Math.min(3, scaled)) * (terms[term] as number) : 0;
    });
  }
  return values;
}

function solveRobustly(designs: readonly Float64Array[], targets: readonly number[], censored: readonly boolean[], ridge: number): Float64Array {
  const size = designs[0]?.length ?? 0;
  const lower = cholesky(normalMatrix(designs, size, ridge));
  let weights: Float64Array = new Float64Array(size);
  let aims = targets;
  for (let round = 0; round < ROUNDS; round++) {
    const right = new Float64Array(size);
    designs.forEach((row, at) => {
      for (let term = 0; term < size; term++) right[term] = (right[term] as number) + (row[term] as number) * (aims[at] as number);
    });
    weights = solveUpper(lower, solveLower(lower, right));
    aims = targets.map((target, at) => {
      const predicted = dot(designs[at] as Float64Array, weights);
      if (censored[at]) return Math.min(target, predicted);
      return predicted + Math.max(-CUT, Math.min(CUT, target - predicted));
    });
  }
  return weights;
}

function normalMatrix(designs: readonly Float64Array[], size: number, ridge: number): Float64Array[] {
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  for (const row of designs)
    for (let a = 0; a < size; a++) {
      const line = matrix[a] as Float64Array;
      const value = row[a] as number;
      if (value !== 0) for (let b = 0; b <= a; b++) line[b] = (line[b] as number) + value * (row[b] as number);
    }
  matrix.forEach((line, at) => { line[at] = (line[at] as number) + (at < TERMS ? 1 : ridge); });
  return matrix;
}

const dot = (values: Float64Array, weights: ArrayLike<number>): number => values.reduce((sum, value, at) => sum + value * (weights[at] as number), 0);
