import type { Quadrant } from './types.ts';

/**
 * Whether many will hear it, and whether they will repeat it: equal plays can come of either.
 * @param reach percentile of the listeners, 0-100
 * @param repeat percentile of the plays per listener
 * @example quadrantOf(71, 12) // 'reach': many hear it once
 */
export function quadrantOf(reach: number, repeat: number): Quadrant {
  if (reach >= 50) return repeat >= 50 ? 'both' : 'reach';
  return repeat >= 50 ? 'repeat' : 'neither';
}
