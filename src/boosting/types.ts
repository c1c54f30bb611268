/**
 * What a tree learns from. `columns[f][row]` is the value of feature f, NaN where missing; all columns and the arrays of a Problem
 * have one entry a row.
 */
export type Columns = readonly Float32Array[];

export type Problem = {
  /** Quantile: any number. Logistic: 0 or 1. */
  target: Float64Array;
  /** Quantile only: 1 where the truth is at or below `target` (left-censored), which costs nothing while the prediction is, too. */
  censored?: Uint8Array;
  /** Default 1 for every row; a row of weight 0 is left out. */
  weight?: Float64Array;
  /** Where each row's score starts; the caller adds it to predictions. Default: the best constant, which the ensemble keeps as `base`. */
  start?: Float64Array;
};

/** `level` in 0..1. A logistic score is log-odds: probability = 1 / (1 + exp(-score)). */
export type Loss = { kind: 'quantile'; level: number } | { kind: 'logistic' };

export type BoostingOptions = {
  loss: Loss;
  trees: number;
  /** Leaves of a tree, at most; trees grow best split first. */
  leaves: number;
  learningRate: number;
  /** Fewest rows in a leaf. */
  minRows: number;
  /** Added to the second derivative of every leaf: larger shrinks leaves of few rows. */
  lambda: number;
  /** Share of the columns that each tree may split on, 0..1. */
  columnShare: number;
  seed: number;
};

/**
 * Trees one after another; tree t has the nodes `first[t]` up to `first[t + 1]`. A node with `feature` -1 is a leaf. A row goes left when its
 * value is at most `threshold`, or missing and `missingLeft` is 1. `value` of an inner node is the mean of its leaves, weighted by rows.
 */
export type Ensemble = {
  loss: Loss;
  features: number;
  base: number;
  first: Uint32Array;
  feature: Int16Array;
  threshold: Float32Array;
  /** Node numbers within the ensemble. */
  left: Uint32Array;
  right: Uint32Array;
  missingLeft: Uint8Array;
  value: Float32Array;
};
