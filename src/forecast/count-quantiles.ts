import { LEVELS } from './types.ts';

/** Standard normal quantiles at 2.5, 7.5, ..., 97.5 %. */
const NODES = [-1.96, -1.4395, -1.1503, -0.9346, -0.7554, -0.5978, -0.4538, -0.3186, -0.1891, -0.0627, 0.0627, 0.1891, 0.3186, 0.4538, 0.5978, 0.7554, 0.9346, 1.1503, 1.4395, 1.96];
const NORMAL_90 = 1.2816;
/** From about here counts are as good as any real number. */
const LARGE = 50;

/**
 * Quantiles at 10, 50 and 90 % of a count whose log rate is normal: whole numbers where they are small, by adding up the Poisson probabilities over
 * 20 equally likely rates; a log-normal with the count's own variance where they are large.
 *
 * @example countQuantiles(Math.log(0.05), 0.1) // [0, 0, 0]
 * @example countQuantiles(Math.log(3), 0.001) // [1, 3, 5]: those of a Poisson count with mean 3
 */
export function countQuantiles(logRate: number, spread: number): [number, number, number] {
  if (logRate + NORMAL_90 * spread > Math.log(LARGE)) {
    const wide = NORMAL_90 * Math.sqrt(spread ** 2 + Math.exp(-logRate));
    return [Math.exp(logRate - wide), Math.exp(logRate), Math.exp(logRate + wide)];
  }
  const rates = NODES.map((node) => Math.exp(logRate + node * spread));
  const chances = rates.map((rate) => Math.exp(-rate) / NODES.length);
  const found: number[] = [];
  let below = 0;
  for (let count = 0; found.length < LEVELS.length; count++) {
    for (let at = 0; at < NODES.length; at++) {
      below += chances[at] as number;
      chances[at] = ((chances[at] as number) * (rates[at] as number)) / (count + 1);
    }
    while (found.length < LEVELS.length && (below >= (LEVELS[found.length] as number) || count > 20 * LARGE)) found.push(count);
  }
  return found as [number, number, number];
}
