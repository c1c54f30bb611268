import { MISSING, type Binned } from './bin-columns.ts';
import { findSplit, type NodeSums, type Split } from './find-split.ts';
import { fillHistogram, newHistogram, subtractHistogram, type Histogram } from './histogram.ts';

export type GrownNode = { from: number; to: number; split?: Split; left?: number; right?: number };

export type Growth = { leaves: number; minRows: number; lambda: number };

/** A leaf that may still be split. */
type Open = { node: number; histogram: Histogram; split: Split };

/**
 * Grows one tree best split first (LightGBM's leaf-wise growth). Reorders `rows`, so that node i holds `rows[from..to)`.
 * @returns nodes, the root first
 */
export function growTree(binned: Binned, columns: readonly number[], rows: Int32Array, gradient: Float64Array, hessian: Float64Array, growth: Growth): GrownNode[] {
  const nodes: GrownNode[] = [{ from: 0, to: rows.length }];
  const open: Open[] = [];
  const consider = (node: number, histogram: Histogram) => {
    const { from, to } = nodes[node] as GrownNode;
    if (to - from < 2 * growth.minRows) return;
    const split = findSplit(histogram, binned, columns, sumsOf(rows.subarray(from, to), gradient, hessian), growth.minRows, growth.lambda);
    if (split) open.push({ node, histogram, split });
  };
  const root = newHistogram(columns.length);
  fillHistogram(root, binned, columns, rows, gradient, hessian);
  consider(0, root);
  for (let leaves = 1; leaves < growth.leaves && open.length > 0; leaves++) {
    const { node, histogram, split } = takeBest(open);
    const parent = nodes[node] as GrownNode;
    const middle = partition(rows, parent.from, parent.to, binned.codes[split.feature] as Uint8Array, split);
    const left = nodes.push({ from: parent.from, to: middle }) - 1;
    const right = nodes.push({ from: middle, to: parent.to }) - 1;
    Object.assign(parent, { split, left, right });
    if (leaves + 1 >= growth.leaves) break;
    const [small, large] = middle - parent.from <= parent.to - middle ? [left, right] : [right, left];
    const child = newHistogram(columns.length);
    const { from, to } = nodes[small] as GrownNode;
    fillHistogram(child, binned, columns, rows.subarray(from, to), gradient, hessian);
    subtractHistogram(histogram, child);
    consider(small, child);
    consider(large, histogram);
  }
  return nodes;
}

function takeBest(open: Open[]): Open {
  let best = 0;
  for (let at = 1; at < open.length; at++) if ((open[at] as Open).split.gain > (open[best] as Open).split.gain) best = at;
  return open.splice(best, 1)[0] as Open;
}

function sumsOf(rows: Int32Array, gradient: Float64Array, hessian: Float64Array): NodeSums {
  const sums = { gradient: 0, hessian: 0, rows: rows.length };
  for (const row of rows) {
    sums.gradient += gradient[row] as number;
    sums.hessian += hessian[row] as number;
  }
  return sums;
}

/** Stable, so that sums run in row order and don't depend on earlier splits. */
function partition(rows: Int32Array, from: number, to: number, codes: Uint8Array, { code, missingLeft }: Split): number {
  const moved = new Int32Array(to - from);
  let left = from;
  let right = 0;
  for (let at = from; at < to; at++) {
    const row = rows[at] as number;
    const value = codes[row] as number;
    if (value === MISSING ? missingLeft : value <= code) rows[left++] = row;
    else moved[right++] = row;
  }
  rows.set(moved.subarray(0, right), left);
  return left;
}
