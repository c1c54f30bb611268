import type { Quantiles } from './types.ts';

/**
 * Quantiles that don't cross and aren't below `least`: sorted, which never raises the pinball loss (Chernozhukov et al. 2010).
 * @example ordered(5, 3, 9) // { q10: 3, q50: 5, q90: 9 }
 */
export function ordered(q10: number, q50: number, q90: number, least = 0): Quantiles {
  const [low, middle, high] = [q10, q50, q90].map((value) => Math.max(least, value)).toSorted((a, b) => a - b) as [number, number, number];
  return { q10: low, q50: middle, q90: high };
}
