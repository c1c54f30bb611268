import type { Loss, Problem } from './types.ts';

/** What boosting needs of a loss. `rows` names the rows of a leaf; values are unscaled (before the learning rate). */
export type Losses = {
  /** Best constant score for all of `rows`. */
  base(rows: Int32Array): number;
  /** First and second derivative of the loss of every row at its score, times its weight. */
  derivatives(rows: Int32Array, scores: Float64Array, gradient: Float64Array, hessian: Float64Array): void;
  /** Best step for the rows of one leaf. */
  leaf(rows: Int32Array, scores: Float64Array, gradient: Float64Array, hessian: Float64Array, lambda: number): number;
};

export const lossesOf = (loss: Loss, problem: Problem): Losses => (loss.kind === 'quantile' ? quantileLosses(loss.level, problem) : logisticLosses(problem));

/**
 * Pinball loss with leaf renewal: splits follow the gradient, the value of a leaf is the quantile of its residuals (Friedman 2001,
 * "LAD_TreeBoost"; also LightGBM's and scikit-learn's way).
 */
function quantileLosses(level: number, { target, censored, weight }: Problem): Losses {
  const residualQuantile = (rows: Int32Array, scores: Float64Array | undefined) => {
    const residuals = new Float64Array(rows.length);
    for (let at = 0; at < rows.length; at++) residuals[at] = (target[rows[at] as number] as number) - (scores ? (scores[rows[at] as number] as number) : 0);
    return censoredQuantile(residuals, level, censored && ((at) => censored[rows[at] as number] === 1), weight && ((at) => weight[rows[at] as number] as number));
  };
  return {
    base: (rows) => residualQuantile(rows, undefined) ?? 0,
    derivatives: (rows, scores, gradient, hessian) => {
      for (const row of rows) {
        const size = weight ? (weight[row] as number) : 1;
        const error = (scores[row] as number) - (target[row] as number);
        // An exact hit may take any slope between the two; 0 lets counts with many equal values be split from the rest.
        gradient[row] = error > 0 ? (1 - level) * size : error === 0 || censored?.[row] === 1 ? 0 : -level * size;
        hessian[row] = size;
      }
    },
    leaf: (rows, scores, _gradient, hessian, lambda) => {
      let total = 0;
      for (const row of rows) total += hessian[row] as number;
      return ((residualQuantile(rows, scores) ?? 0) * total) / (total + lambda);
    },
  };
}

/** Newton steps on the log-odds (Friedman, Hastie & Tibshirani 2000). */
function logisticLosses({ target, weight }: Problem): Losses {
  const size = (row: number) => (weight ? (weight[row] as number) : 1);
  return {
    base: (rows) => {
      let ones = 0;
      let total = 0;
      for (const row of rows) {
        ones += (target[row] as number) * size(row);
        total += size(row);
      }
      const share = Math.min(1 - 1e-6, Math.max(1e-6, ones / total));
      return Math.log(share / (1 - share));
    },
    derivatives: (rows, scores, gradient, hessian) => {
      for (const row of rows) {
        const probability = 1 / (1 + Math.exp(-(scores[row] as number)));
        gradient[row] = (probability - (target[row] as number)) * size(row);
        hessian[row] = Math.max(1e-12, probability * (1 - probability)) * size(row);
      }
    },
    leaf: (rows, _scores, gradient, hessian, lambda) => {
      let first = 0;
      let second = 0;
      for (const row of rows) {
        first += gradient[row] as number;
        second += hessian[row] as number;
      }
      return -first / (second + lambda);
    },
  };
}

/**
 * The number with the least pinball loss over `values`, where a censored value is an upper bound: it costs nothing to stay at or below it.
 * Without censoring and weights it is the lower empirical quantile (Hyndman & Fan's type 1).
 *
 * @returns with nothing but censored values the largest number that costs nothing, but not above 0; undefined without any value
 * @example censoredQuantile(Float64Array.of(1, 2, 3, 4), 0.5) // 2
 * @example censoredQuantile(Float64Array.of(1, 2, 3, 4), 0.5, (at) => at === 3) // 2: 4 might as well be 0
 */
export function censoredQuantile(values: Float64Array, level: number, isCensored?: (at: number) => boolean, weightOf?: (at: number) => number): number | undefined {
  if (values.length === 0) return undefined;
  if (!isCensored && !weightOf) return values.toSorted()[Math.max(0, Math.ceil(values.length * level - 1e-9) - 1)];
  const order = Uint32Array.from(values, (_, at) => at).sort((a, b) => (values[a] as number) - (values[b] as number));
  let slope = 0;
  let observed = false;
  for (const at of order)
    if (!isCensored?.(at)) {
      slope -= level * (weightOf?.(at) ?? 1);
      observed = true;
    }
  if (!observed) return Math.min(0, values[order[0] as number] as number);
  for (const at of order) {
    slope += (weightOf?.(at) ?? 1) * (isCensored?.(at) ? 1 - level : 1);
    if (slope >= -1e-9) return values[at];
  }
  return values[order.at(-1) as number];
}
