import type { Span } from '../../score/types.ts';

/** How good a window is for one song: share of it inside a chorus, whether that is half of it (0 or 1), whether it starts within 3 s of a chorus (0 or 1). */
export type HookScore = { overlap: number; halfInside: number; startWithin3s: number };

/** @example measureHook({ start: 10, end: 40 }, [{ start: 12, end: 30 }]) // { overlap: 0.6, halfInside: 1, startWithin3s: 1 } */
export function measureHook(window: Span, choruses: readonly Span[]): HookScore {
  const length = Math.max(1e-9, window.end - window.start);
  const inside = choruses.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, window.end) - Math.max(start, window.start)), 0);
  const overlap = Math.min(1, inside / length);
  return { overlap, halfInside: overlap >= 0.5 ? 1 : 0, startWithin3s: choruses.some(({ start }) => Math.abs(start - window.start) <= 3) ? 1 : 0 };
}

export type Estimate = { mean: number; standardError: number };

export type HookMetrics = { n: number; meanOverlap: Estimate; halfInside: Estimate; startWithin3s: Estimate };

/** Means over songs. Songs of one group are not independent, so the standard errors are clustered by group. */
export function summariseHooks(scores: readonly HookScore[], groups: readonly string[]): HookMetrics {
  const estimate = (values: readonly number[]): Estimate => {
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    const deviations = new Map<string, number>();
    values.forEach((value, i) => deviations.set(groups[i] as string, (deviations.get(groups[i] as string) ?? 0) + value - mean));
    return { mean: rounded(mean), standardError: rounded(Math.sqrt([...deviations.values()].reduce((sum, it) => sum + it * it, 0)) / Math.max(1, values.length)) };
  };
  return {
    n: scores.length,
    meanOverlap: estimate(scores.map(({ overlap }) => overlap)),
    halfInside: estimate(scores.map(({ halfInside }) => halfInside)),
    startWithin3s: estimate(scores.map(({ startWithin3s }) => startWithin3s)),
  };
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
