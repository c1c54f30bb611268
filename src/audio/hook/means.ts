/**
 * Means of any stretch of a curve from one pass over it. NaN counts as nothing, neither value nor weight.
 * @returns (from, to) -> mean of values[from..to), cut to the curve; NaN when nothing is left
 * @example meansOf([1, 3, 5])(1, 9) // 4
 */
export function meansOf(values: ArrayLike<number>): (from: number, to: number) => number {
  const sums = new Float64Array(values.length + 1);
  const counts = new Uint32Array(values.length + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const known = !Number.isNaN(value);
    sums[i + 1] = (sums[i] as number) + (known ? value : 0);
    counts[i + 1] = (counts[i] as number) + (known ? 1 : 0);
  }
  return (from, to) => {
    const a = Math.min(values.length, Math.max(0, from));
    const b = Math.min(values.length, Math.max(a, to));
    const count = (counts[b] as number) - (counts[a] as number);
    return count > 0 ? ((sums[b] as number) - (sums[a] as number)) / count : NaN;
  };
}

/** Each value's place among all, 0..1; equal values share the mean of their places. NaN stays NaN. @example ranksOf([5, 9, 7]) // [0, 1, 0.5] */
export function ranksOf(values: ArrayLike<number>): Float32Array {
  const at = (i: number) => values[i] as number;
  const order = Array.from({ length: values.length }, (_, i) => i).filter((i) => !Number.isNaN(at(i))).sort((a, b) => at(a) - at(b));
  const ranks = new Float32Array(values.length).fill(NaN);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && at(order[to] as number) === at(order[from] as number)) to++;
    for (let i = from; i < to; i++) ranks[order[i] as number] = (from + to - 1) / 2 / Math.max(1, order.length - 1);
    from = to;
  }
  return ranks;
}
