/**
 * Where a value stands among reference values given by their quantiles at 0, 1, ..., 100 %: linear between neighbours, the middle of a run
 * of equal quantiles, 0 below the least and 100 above the greatest.
 *
 * @param quantiles 101 numbers, not falling.
 * @returns 0 to 100
 * @example percentileIn(Array.from({ length: 101 }, (_, index) => 10 * index), 255) // 25.5
 */
export function percentileIn(quantiles: readonly number[], value: number): number {
  const first = quantiles.findIndex((quantile) => quantile >= value);
  const last = quantiles.findLastIndex((quantile) => quantile <= value);
  if (first < 0) return 100;
  if (last < 0) return 0;
  if (first <= last) return (first + last) / 2;
  const [low, high] = [quantiles[last] as number, quantiles[first] as number];
  return last + (value - low) / (high - low);
}
