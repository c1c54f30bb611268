import type { Binned } from './bin-columns.ts';
import { growTree, type GrownNode } from './grow-tree.ts';
import { lossesOf } from './losses.ts';
import { randomFrom, sample } from './random.ts';
import type { BoostingOptions, Ensemble, Problem } from './types.ts';

/** One tree being written: node values and the nodes they belong to. */
type Written = { nodes: GrownNode[]; values: number[] };

/**
 * Gradient boosting over binned columns. The same input and seed give the same ensemble, bit for bit.
 *
 * @param binned from binColumns; several ensembles may share it
 * @param onTree called after every tree with the number of trees done
 * @throws RangeError when no row has weight
 * @example
 * const binned = binColumns([Float32Array.of(1, 2, 3, 4)]);
 * const ensemble = trainBoosting(binned, { target: Float64Array.of(0, 0, 9, 9) }, { loss: { kind: 'quantile', level: 0.5 }, trees: 1, leaves: 2,
 *   learningRate: 1, minRows: 1, lambda: 0, columnShare: 1, seed: 1 });
 * predictRow(ensemble, Float32Array.of(4)) // 9
 */
export function trainBoosting(binned: Binned, problem: Problem, options: BoostingOptions, onTree?: (done: number) => void): Ensemble {
  const rows = Int32Array.from({ length: binned.rows }, (_, row) => row).filter((row) => (problem.weight?.[row] ?? 1) > 0);
  if (rows.length === 0) throw new RangeError('No row to learn from');
  const losses = lossesOf(options.loss, problem);
  const base = problem.start ? 0 : Math.fround(losses.base(rows));
  const scores = problem.start ? Float64Array.from(problem.start) : new Float64Array(binned.rows).fill(base);
  const gradient = new Float64Array(binned.rows);
  const hessian = new Float64Array(binned.rows);
  const random = randomFrom(options.seed);
  const usable = binned.edges.flatMap((edges, feature) => (edges.length > 0 ? [feature] : []));
  const written: Written[] = [];
  for (let tree = 0; tree < options.trees; tree++) {
    losses.derivatives(rows, scores, gradient, hessian);
    const columns = sample(usable.length, Math.max(1, Math.round(usable.length * options.columnShare)), random).map((at) => usable[at] as number);
    const order = rows.slice();
    const nodes = growTree(binned, columns, order, gradient, hessian, options);
    const values = nodes.map((node) => {
      if (node.split) return 0;
      const members = order.subarray(node.from, node.to);
      const value = Math.fround(options.learningRate * losses.leaf(members, scores, gradient, hessian, options.lambda));
      return value;
    });
    nodes.forEach((node, at) => {
      if (!node.split) for (const row of order.subarray(node.from, node.to)) scores[row] = (scores[row] as number) + (values[at] as number);
    });
    written.push({ nodes, values: innerValues(nodes, values) });
    onTree?.(tree + 1);
  }
  return pack(written, binned, options, base);
}

/** An inner node's value is the mean of its leaves by rows; children come after their parent, so one pass backwards is enough. */
function innerValues(nodes: readonly GrownNode[], values: number[]): number[] {
  for (let at = nodes.length - 1; at >= 0; at--) {
    const { left, right, from, to } = nodes[at] as GrownNode;
    if (left === undefined || right === undefined) continue;
    const middle = (nodes[left] as GrownNode).to;
    values[at] = ((values[left] as number) * (middle - from) + (values[right] as number) * (to - middle)) / (to - from);
  }
  return values;
}

function pack(written: readonly Written[], binned: Binned, { loss }: BoostingOptions, base: number): Ensemble {
  const total = written.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const ensemble: Ensemble = {
    loss,
    features: binned.codes.length,
    base,
    first: new Uint32Array(written.length + 1),
    feature: new Int16Array(total).fill(-1),
    threshold: new Float32Array(total),
    left: new Uint32Array(total),
    right: new Uint32Array(total),
    missingLeft: new Uint8Array(total),
    value: new Float32Array(total),
  };
  let offset = 0;
  written.forEach(({ nodes, values }, tree) => {
    nodes.forEach(({ split, left, right }, at) => {
      ensemble.value[offset + at] = values[at] as number;
      if (!split || left === undefined || right === undefined) return;
      ensemble.feature[offset + at] = split.feature;
      ensemble.threshold[offset + at] = binned.edges[split.feature]?.[split.code - 1] as number;
      ensemble.left[offset + at] = offset + left;
      ensemble.right[offset + at] = offset + right;
      ensemble.missingLeft[offset + at] = split.missingLeft ? 1 : 0;
    });
    offset += nodes.length;
    ensemble.first[tree + 1] = offset;
  });
  return ensemble;
}
