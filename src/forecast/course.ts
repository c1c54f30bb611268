import { HALF, type Snapshot } from './features.ts';
import { cholesky, solveLower, solveUpper } from './cholesky.ts';
import { fitKernel, kernelOf, type Spreads } from './course-kernel.ts';
import { countQuantiles } from './count-quantiles.ts';
import type { Series } from './series.ts';
import type { Season } from './season.ts';
import { TRAJECTORY_DAYS } from './types.ts';

/**
 * How songs with complete counts usually go on, and how far a song strays from it. A song's log rate is `mean` by day, plus the weekday pattern, plus
 * a Gaussian process with these spreads; its count on a day is Poisson about the rate.
 */
export type Course = { mean: number[]; spreads: Spreads };

/** Width, in log days, over which counts are averaged to tell a day's rate. */
const NEAR = 0.3;
/** From more songs the spreads hardly change. */
const MOST_SONGS = 120;
/** As many songs tell as much about a day as the days around it: with more, what happens to all of them on one day is seen. */
const SONGS_FOR_A_DAY = 100;
/** Days that are far off have heavier tails than a Gaussian: the middle 80 % are narrower than its spread says. */
const NARROWER = 0.8;
/** A song about this many spreads of level off comes from another world than those learned from: its level is its own and isn't pulled toward theirs. */
const FOREIGN = 5;
const MOST_ROUNDS = 60;

/** @param all complete counts of finished songs */
export function fitCourse(all: readonly Series[], usual: Season): Course {
  const songs = all.map((series) => logsOf(series, usual));
  const own = songs.map((logs) => meanOf(logs));
  const level = meanOf(own);
  const byDay = Array.from({ length: TRAJECTORY_DAYS }, (_, day) => meanOf(songs.map((logs, at) => (logs[day] as number) - (own[at] as number))));
  const trust = songs.length / (songs.length + SONGS_FOR_A_DAY);
  const mean = smoothed(byDay).map((value, day) => level + finite(value + trust * ((byDay[day] as number) - value)));
  const step = Math.max(1, songs.length / MOST_SONGS);
  const drawn = songs.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
  const departures = drawn.map((logs) => ({ off: logs.map((value, day) => value - (mean[day] as number)), noise: smoothed(logs.map(Math.exp)).map((rate) => 1 / rate) }));
  return { mean, spreads: fitKernel(departures) };
}

/**
 * The plays of each day from the origin on at 10, 50 and 90 %, given the counts before: Laplace's approximation of the Gaussian process under
 * Poisson counts (Rasmussen & Williams 2006, algorithms 3.1 and 3.2), then the quantiles of the counts themselves.
 *
 * @returns `[q10, q50, q90]` a day
 */
export function predictCourse(course: Course, series: Series, snapshot: Snapshot): [number, number, number][] {
  const { known, expected, kernel, weight, force, lower } = followCourse(course, series, snapshot);
  return Array.from({ length: TRAJECTORY_DAYS - snapshot.origin }, (_, step) => {
    const day = snapshot.origin + step;
    const shared = Float64Array.from(known, (other) => kernel(day, other));
    const rate = shared.reduce((sum, value, at) => sum + value * (force[at] as number), expected[day] as number);
    const told = solveLower(lower, shared.map((value, at) => value * (weight[at] as number)));
    const variance = told.reduce((left, value) => left - value * value, kernel(day, day));
    return countQuantiles(rate, NARROWER * Math.sqrt(Math.max(1e-6, variance)));
  });
}

/**
 * The course expected of a song, and how its known days pull it away: the log rate of a day is `expected` of it plus the sum over `known` of the kernel of both days times
 * `force`; `force` is what `weight` and `lower` make of the known days' departures (mostLikelyRates).
 */
export function followCourse({ mean, spreads }: Course, series: Series, { origin, weekday, season }: Snapshot) {
  const usual = mean.map((value, day) => value + (season[(weekday + day) % 7] as number));
  const known = Array.from({ length: origin }, (_, day) => day).filter((day) => !Number.isNaN(series.plays[day] as number));
  const off = finite(meanOf(known.map((day) => Math.log((series.plays[day] as number) + HALF) - (usual[day] as number))));
  const expected = usual.map((value) => value + off * (1 - Math.exp(-((off / (FOREIGN * spreads.level)) ** 4))));
  const kernel = kernelOf(spreads);
  return { known, expected, kernel, ...mostLikelyRates(known.map((day) => series.plays[day] as number), known.map((day) => expected[day] as number), known.map((day) => known.map((other) => kernel(day, other)))) };
}

/** Newton's method for the log rates of the known days: `weight` is the root of each rate, `force` the kernel's inverse times how far the rates are off. */
function mostLikelyRates(counts: readonly number[], expected: readonly number[], kernel: readonly number[][]) {
  const rates = Float64Array.from(counts, (count) => Math.log(count + HALF));
  let weight = new Float64Array(counts.length);
  let lower: Float64Array[] = [];
  let force = new Float64Array(counts.length);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    weight = rates.map((rate) => Math.exp(rate / 2));
    lower = cholesky(kernel.map((line, row) => Float64Array.from(line, (value, column) => value * (weight[row] as number) * (weight[column] as number) + (row === column ? 1 : 0))));
    const pull = rates.map((rate, at) => Math.exp(rate) * (rate - (expected[at] as number)) + (counts[at] as number) - Math.exp(rate));
    const spread = times(kernel, pull).map((value, at) => value * (weight[at] as number));
    const solved = solveUpper(lower, solveLower(lower, spread));
    force = pull.map((value, at) => value - (weight[at] as number) * (solved[at] as number));
    const next = times(kernel, force);
    let largest = 0;
    next.forEach((value, at) => {
      const change = Math.max(-1, Math.min(1, value + (expected[at] as number) - (rates[at] as number)));
      rates[at] = (rates[at] as number) + change;
      largest = Math.max(largest, Math.abs(change));
    });
    if (largest < 1e-6) break;
  }
  return { weight, lower, force };
}

const times = (matrix: readonly number[][], vector: Float64Array): Float64Array => Float64Array.from(matrix, (line) => line.reduce((sum, value, at) => sum + value * (vector[at] as number), 0));

const logsOf = ({ plays, weekday }: Series, usual: Season): number[] => Array.from(plays, (count, day) => Math.log(count + HALF) - (usual[(weekday + day) % 7] as number));

/** Means over days about as long after the release, NaN where none is known. */
function smoothed(values: readonly number[]): number[] {
  return values.map((_, day) => {
    let [sum, weights] = [0, 0];
    values.forEach((value, other) => {
      if (Number.isNaN(value)) return;
      const weight = Math.exp(-((Math.log((day + 1) / (other + 1)) / NEAR) ** 2) / 2);
      sum += weight * value;
      weights += weight;
    });
    return sum / weights;
  });
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

function meanOf(values: readonly number[]): number {
  const present = values.filter((value) => !Number.isNaN(value));
  return present.reduce((sum, value) => sum + value, 0) / present.length;
}
