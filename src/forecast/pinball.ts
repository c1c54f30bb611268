/**
 * Pinball loss of one prediction. Against a bound instead of a count, nothing is lost at or below it.
 * @example pinball(0.9, 10, 8) // 1.8
 * @example pinball(0.9, 10, 8, true) // 0: at most 10 may be 8
 */
export function pinball(level: number, truth: number, predicted: number, bounded = false): number {
  const missing = truth - predicted;
  if (bounded && missing >= 0) return 0;
  return missing >= 0 ? level * missing : (level - 1) * missing;
}
