import type { Range } from './types.ts';

/**
 * The interval of an outcome around its prediction, by conformal residuals on the log scale (Lei et al., Distribution-free predictive
 * inference for regression, 2018). No song has fewer than one listener or one play per listener, so neither end is below 1.
 *
 * @param log natural log of the prediction
 * @param margin what to add to it for the low and the high end, as in the model's card
 * @returns natural units; the prediction lies inside even where the margins are both on one side of it
 * @example rangeAround(Math.log(100), [Math.log(0.5), Math.log(3)]) // { low: 50, high: 300 }
 */
export function rangeAround(log: number, [below, above]: readonly [number, number]): Range {
  const value = Math.exp(log);
  return { low: Math.min(value, Math.max(1, value * Math.exp(below))), high: Math.max(value, value * Math.exp(above)) };
}
