import { HALF, referenceOf, type Snapshot } from './features.ts';
import type { DataKind } from './engine.ts';
import type { MemberTargets } from './members.ts';
import { ordered } from './ordered.ts';
import { atMost, isCensored, knownSum } from './series.ts';
import { CHECKPOINTS, LEVELS, type FinishedSong, type ModelForecast, type Origin, type Quantiles } from './types.ts';

/** A forecast made for a song that the members had not learned from. */
export type HeldOut = { song: FinishedSong; origin: Origin; snapshot: Snapshot; targets: MemberTargets };

/** How an origin's interval is stretched by days ahead, and how its totals are drawn from the sums of the days. */
export type Calibration = { stretch: number[]; totals: { low: number; middle: number; high: number }[] };

/** Days ahead up to which each stretch holds. */
const REACHES = [3, 7, 14, 30, 60] as const;
const COVERED = 0.8;
/** With fewer held-out days than this, a stretch would be noise. */
const FEWEST = 200;
/**
 * What held on five random splits of the public charts by market and date, and how many voices tell as much: charts drift, so that the
 * intervals that fit one quarter are too narrow or too wide by a tenth in the next. Of complete counts too little is public for a usual value.
 */
const USUAL: Record<DataKind, { stretch: Record<Origin, number>; voicesForTrust: number }> = {
  chart: { stretch: { 3: 1, 7: 0.96, 14: 1.12, 30: 1.1 }, voicesForTrust: 5000 },
  complete: { stretch: { 3: 1, 7: 1, 14: 1, 30: 1 }, voicesForTrust: 27 },
};
const [NARROWEST, WIDEST] = [0.8, 1.3];

/** How many held-out songs speak for themselves: on a chart each, in complete counts one an artist, whose songs go alike. */
export const voices = (heldOut: readonly HeldOut[], kind: DataKind): number => new Set(heldOut.map(({ song }) => (kind === 'chart' ? song : song.group))).size;

const reachOf = (ahead: number): number => REACHES.findIndex((reach) => ahead <= reach);

/** The members' targets as one, for `weights` of the members present: `[level][step]`, in order. */
export function blend(targets: MemberTargets, weights: readonly number[]): Float64Array[] {
  const total = targets.reduce((sum, _, member) => sum + (weights[member] as number), 0);
  const steps = targets[0]?.[0]?.length ?? 0;
  const blended = LEVELS.map(() => new Float64Array(steps));
  for (let step = 0; step < steps; step++) {
    const values = LEVELS.map((_, level) => targets.reduce((sum, member, at) => sum + (weights[at] as number) * (member[level]?.[step] as number), 0) / total);
    values.sort((a, b) => a - b).forEach((value, level) => { (blended[level] as Float64Array)[step] = value; });
  }
  return blended;
}

/** From blended targets to plays. Where less than one play is expected at 10 %, none is: counts are whole. */
export function toPlays(snapshot: Snapshot, blended: readonly Float64Array[], calibration: Calibration | undefined): Quantiles[] {
  return Array.from(blended[1] as Float64Array, (middle, step) => {
    const reference = referenceOf(snapshot, snapshot.origin + step);
    const stretch = calibration?.stretch[reachOf(step + 1)] ?? 1;
    const plays = (target: number) => Math.exp(reference + middle + stretch * (target - middle)) - HALF;
    const low = plays(blended[0]?.[step] as number);
    return ordered(low < 1 ? 0 : low, plays(middle), plays(blended[2]?.[step] as number));
  });
}

/**
 * Split conformal calibration (Papadopoulos et al. 2002; Romano et al. 2019), in logs and relative to the predicted spread: the stretch that would
 * have put 80 % of the held-out counted days inside the interval, by origin and days ahead, moves the usual one.
 */
export function calibrate(heldOut: readonly HeldOut[], weights: readonly number[], kind: DataKind, origin: Origin): Calibration {
  const { stretch: usual, voicesForTrust } = USUAL[kind];
  const told = voices(heldOut, kind);
  const trust = told / (told + voicesForTrust);
  const misses = REACHES.map((): number[] => []);
  const blends = heldOut.map((one) => blend(one.targets, weights));
  heldOut.forEach(({ song, snapshot }, at) => {
    const [low, middle, high] = blends[at] as [Float64Array, Float64Array, Float64Array];
    middle.forEach((value, step) => {
      const day = snapshot.origin + step;
      const count = song.series.plays[day] as number;
      if (Number.isNaN(count)) return;
      const off = Math.log(count + HALF) - referenceOf(snapshot, day) - value;
      const spread = off < 0 ? value - (low[step] as number) : (high[step] as number) - value;
      misses[reachOf(step + 1)]?.push(Math.abs(off) / Math.max(1e-6, spread));
    });
  });
  const stretch = misses.map((sizes) => {
    const own = sizes.length < FEWEST ? usual[origin] : lowerQuantile(sizes, COVERED);
    return Math.min(WIDEST, Math.max(NARROWEST, usual[origin] ** (1 - trust) * own ** trust));
  });
  const forecasts = heldOut.map(({ snapshot }, at) => toPlays(snapshot, blends[at] as Float64Array[], { stretch, totals: [] }));
  return { stretch, totals: CHECKPOINTS.map((until) => calibrateTotal(heldOut, forecasts, until, kind === 'chart' ? 1 : trust)) };
}

/** The plays by each checkpoint, never fewer than by the one before. */
export function checkpointsOf(series: FinishedSong['series'], origin: Origin, days: readonly Quantiles[], { totals }: Calibration): ModelForecast['checkpoints'] {
  const checkpoints: Quantiles[] = [];
  CHECKPOINTS.forEach((until, at) => checkpoints.push(atLeast(checkpoints.at(-1), playsBy(until, series, origin, days, totals[at] as Calibration['totals'][number]))));
  return checkpoints;
}

/** Known days, and the calibrated sum of the days ahead. */
function playsBy(until: number, series: FinishedSong['series'], origin: Origin, days: readonly Quantiles[], { low, middle, high }: Calibration['totals'][number]): Quantiles {
  const soFar = knownSum(series, Math.min(until, origin));
  if (until <= origin) return ordered(soFar, soFar, soFar);
  const sums = sumUntil(days, until - origin);
  const shifted = (by: number) => soFar + (sums.q50 + 1) * Math.exp(by) - 1;
  return ordered(shifted(low * spreadBelow(sums)), shifted(middle), shifted(high * spreadAbove(sums)), soFar);
}

/** An unknown number (NaN) stays unknown and holds nothing up. */
function atLeast(least: Quantiles | undefined, { q10, q50, q90 }: Quantiles): Quantiles {
  const [low, middle, high] = [least?.q10 ?? 0, least?.q50 ?? 0, least?.q90 ?? 0];
  return { q10: q10 < low ? low : q10, q50: q50 < middle ? middle : q50, q90: q90 < high ? high : q90 };
}

/** @param trust how far the totals of the held-out songs move the median total: with a handful of artists, their totals say more about them than about others */
function calibrateTotal(heldOut: readonly HeldOut[], forecasts: readonly Quantiles[][], until: number, trust: number): Calibration['totals'][number] {
  const errors = heldOut.flatMap(({ song, origin }, at) => {
    if (until <= origin) return [];
    const days = forecasts[at] as Quantiles[];
    const sums = sumUntil(days, until - origin);
    const error = Math.log((truthUntil(song, origin, until, days) + 1) / (sums.q50 + 1));
    return [{ error, below: error / spreadBelow(sums), above: error / spreadAbove(sums) }];
  });
  if (errors.length < 20) return { low: -1, middle: 0, high: 1 };
  const at = (of: 'error' | 'below' | 'above', level: number) => lowerQuantile(errors.map((one) => one[of]), level);
  return { low: at('below', 0.1), middle: trust * at('error', 0.5), high: at('above', 0.9) };
}

/** Plays between origin and checkpoint; an off-chart day has the smaller of floor and median, an unknown one the median. */
function truthUntil({ series }: FinishedSong, origin: number, until: number, days: readonly Quantiles[]): number {
  let sum = 0;
  for (let day = origin; day < until; day++) {
    const median = days[day - origin]?.q50 ?? 0;
    const value = atMost(series, day);
    sum += Number.isNaN(value) ? median : isCensored(series, day) ? Math.min(value, median) : value;
  }
  return sum;
}

const sumUntil = (days: readonly Quantiles[], steps: number): Quantiles =>
  days.slice(0, steps).reduce((sum, day) => ({ q10: sum.q10 + day.q10, q50: sum.q50 + day.q50, q90: sum.q90 + day.q90 }), { q10: 0, q50: 0, q90: 0 });

const spreadBelow = ({ q10, q50 }: Quantiles): number => Math.max(0.01, Math.log((q50 + 1) / (q10 + 1)));
const spreadAbove = ({ q50, q90 }: Quantiles): number => Math.max(0.01, Math.log((q90 + 1) / (q50 + 1)));

/** Hyndman & Fan's type 1: the smallest value with at least `level` of the values at or below it. */
const lowerQuantile = (values: readonly number[], level: number): number => values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(level * values.length) - 1)] ?? 1;
