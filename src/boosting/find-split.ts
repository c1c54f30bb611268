import type { Binned } from './bin-columns.ts';
import { CODES, type Histogram } from './histogram.ts';

/** Rows whose code is at most `code` go left, missing ones as `missingLeft` says. */
export type Split = { gain: number; feature: number; code: number; missingLeft: boolean };

export type NodeSums = { gradient: number; hessian: number; rows: number };

/**
 * The split that lowers the loss most by its second-order approximation (Chen & Guestrin 2016, equation 7), trying missing values on both sides.
 * @returns undefined when no split leaves `minRows` on both sides and gains anything
 */
export function findSplit(histogram: Histogram, binned: Binned, columns: readonly number[], sums: NodeSums, minRows: number, lambda: number): Split | undefined {
  const whole = (sums.gradient * sums.gradient) / (sums.hessian + lambda);
  let best: Split | undefined;
  let bestGain = 1e-9;
  columns.forEach((feature, position) => {
    const base = position * CODES * 3;
    const lastCode = (binned.edges[feature] as Float32Array).length;
    const missingRows = histogram[base + 2] as number;
    for (let side = 0; side < (missingRows > 0 ? 2 : 1); side++) {
      let gradient = side === 1 ? (histogram[base] as number) : 0;
      let hessian = side === 1 ? (histogram[base + 1] as number) : 0;
      let rows = side === 1 ? missingRows : 0;
      for (let code = 1; code <= lastCode; code++) {
        const cell = base + code * 3;
        gradient += histogram[cell] as number;
        hessian += histogram[cell + 1] as number;
        rows += histogram[cell + 2] as number;
        if (rows < minRows) continue;
        if (sums.rows - rows < minRows) break;
        const other = sums.gradient - gradient;
        const gain = (gradient * gradient) / (hessian + lambda) + (other * other) / (sums.hessian - hessian + lambda) - whole;
        if (gain <= bestGain) continue;
        bestGain = gain;
        best = { gain, feature, code, missingLeft: missingRows > 0 ? side === 1 : rows * 2 >= sums.rows };
      }
    }
  });
  return best;
}
