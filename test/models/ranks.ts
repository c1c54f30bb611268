/** Ranks from 0; the values must differ. @example ranks([5, 1, 3]) // [2, 0, 1] */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] as number) - (values[b] as number));
  const result = values.map(() => 0);
  order.forEach((index, rank) => (result[index] = rank));
  return result;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard deviation. */
export const spread = (values: readonly number[]): number => Math.sqrt(mean(values.map((value) => value * value)) - mean(values) ** 2);

/** Pearson's correlation; of ranks it is Spearman's. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const products = a.map((value, index) => value * (b[index] as number));
  return (mean(products) - mean(a) * mean(b)) / (spread(a) * spread(b));
}
