import { cholesky, solveLower } from './cholesky.ts';
import { TRAJECTORY_DAYS } from './types.ts';

/**
 * Standard deviations in logs of what makes a song's course its own: its level, its slopes over log days and over days (`fade`), its wandering (which is forgotten over `reach`
 * log days), and each day by itself.
 */
export type Spreads = { level: number; slope: number; fade: number; wander: number; reach: number; day: number };

/** Of the public complete counts; where songs are few they say most. */
const USUAL: Spreads = { level: 1.3, slope: 0.2, fade: 0.2, wander: 0.5, reach: 0.75, day: 0.35 };
const NAMES = Object.keys(USUAL) as (keyof Spreads)[];
/** A factor of e from the usual costs as much likelihood as this. */
const TRUST = 2;
const STEPS = [0.4, 0.2, 0.1] as const;
/** Looked at when the spreads are learned: later days tell nearly the same as those beside them. */
const LOOKED_AT = Array.from({ length: TRAJECTORY_DAYS }, (_, day) => day).filter((day) => day < 14 || day % 3 === 0);
const LOG_DAY = Float64Array.from({ length: TRAJECTORY_DAYS }, (_, day) => Math.log(day + 1));
const MIDDLE = LOG_DAY.reduce((sum, value) => sum + value, 0) / TRAJECTORY_DAYS;
const MIDDAY = (TRAJECTORY_DAYS - 1) / 2;

/** Covariance of the log rates of two days. */
export function kernelOf({ level, slope, fade, wander, reach, day }: Spreads): (a: number, b: number) => number {
  return (a, b) => {
    const [first, second] = [LOG_DAY[a] as number, LOG_DAY[b] as number];
    const days = ((a - MIDDAY) * (b - MIDDAY)) / MIDDAY ** 2;
    return level ** 2 + fade ** 2 * days + slope ** 2 * (first - MIDDLE) * (second - MIDDLE) + wander ** 2 * Math.exp(-Math.abs(first - second) / reach) + (a === b ? day ** 2 : 0);
  };
}

/** A song's logs off the mean course (NaN where unknown), and the variance of each day's log count about its rate. */
export type Departures = { off: number[]; noise: number[] };

/** Most likely spreads, near the usual ones where the songs say little: one spread at a time up or down while that helps, then by smaller steps. */
export function fitKernel(songs: readonly Departures[]): Spreads {
  let best = USUAL;
  let least = costOf(best, songs);
  for (const step of STEPS)
    for (let moved = true, round = 0; moved && round < 4; round++) {
      moved = false;
      for (const name of NAMES)
        for (const by of [step, -step]) {
          const spreads = { ...best, [name]: best[name] * Math.exp(by) };
          const cost = costOf(spreads, songs);
          if (cost >= least) continue;
          [best, least, moved] = [spreads, cost, true];
          break;
        }
    }
  return best;
}

/** Negative log likelihood of the departures, and the distance from the usual spreads. */
function costOf(spreads: Spreads, songs: readonly Departures[]): number {
  const kernel = kernelOf(spreads);
  const shared = Array.from({ length: TRAJECTORY_DAYS }, (_, a) => Float64Array.from({ length: a + 1 }, (__, b) => kernel(a, b)));
  let cost = 0;
  for (const name of NAMES) cost += TRUST * Math.log(spreads[name] / USUAL[name]) ** 2;
  for (const { off, noise } of songs) {
    const days = LOOKED_AT.filter((day) => !Number.isNaN(off[day] as number));
    const matrix = days.map((day, row) => {
      const line = new Float64Array(row + 1);
      for (let at = 0; at <= row; at++) line[at] = shared[day]?.[days[at] as number] as number;
      line[row] = (line[row] as number) + (noise[day] as number);
      return line;
    });
    const lower = cholesky(matrix);
    const white = solveLower(lower, Float64Array.from(days, (day) => off[day] as number));
    for (let row = 0; row < days.length; row++) cost += (white[row] as number) ** 2 / 2 + Math.log(lower[row]?.[row] as number);
  }
  return cost;
}
