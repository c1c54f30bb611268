import { solveLower, solveUpper } from './cholesky.ts';
import { followCourse, type Course } from './course.ts';
import { countLevel, HALF, type Snapshot } from './features.ts';
import type { Series } from './series.ts';
import { TRAJECTORY_DAYS } from './types.ts';

/** What the known days of a song do beside the usual course: what they have in common, the line they lean to, and each by itself. */
type Part = 'size' | 'trend' | 'days';
/** From the usual course, at the song's own size, to the forecast: the next has one part more as it is forecast. */
const STAGES = ['usual', 'size', 'trend', 'all'] as const;

/** In logs of plays (and a half) over the present level, as a mean over the days ahead; the effects add up to the prediction. `checked` is the effect of the second method. */
export type CourseReasons = { effects: Record<'age' | Part, number>; checked: Record<Part, number>; prediction: number };

/**
 * Why the course (course.ts) expects what it does: its rate over the level staying as it is. The weekday pattern is in both and cancels out.
 *
 * `age` is the usual course from here, at the song's own size. The departures of the known days are split into their mean, a line over log days and the rest. The rate is
 * linear in them, so that each part's share is exact; an effect is what the days ahead keep of the part, less what the present level has of it. A split by the terms of the
 * kernel would mislead: they overlap, and a large song without any trend of its own would be told of one.
 *
 * `checked` takes one part out of the known days, as in a song that keeps to the usual course there, forecasts that song, and compares how both differ from the usual
 * course from here.
 *
 * @example a song exactly on the usual course, whatever the origin, has effects of 0 but for its age
 */
export function explainCourse(course: Course, series: Series, snapshot: Snapshot): CourseReasons {
  const { known, parts, ahead, level } = splitCourse(course, series, snapshot);
  const effects = {
    age: ahead.usual - level.usual,
    size: ahead.size - ahead.usual,
    trend: ahead.trend - ahead.size - (level.trend - level.usual),
    days: ahead.all - ahead.trend - (snapshot.level - level.trend),
  };
  const prediction = ahead.all - snapshot.level;
  const without = (part: readonly number[]) => {
    const plays = series.plays.slice();
    known.forEach((day, at) => { plays[day] = Math.max(0, ((plays[day] as number) + HALF) * Math.exp(-(part[at] as number)) - HALF); });
    const other = splitCourse(course, { ...series, plays }, snapshot);
    return prediction - effects.age - (other.ahead.all - other.level.all - (other.ahead.usual - other.level.usual));
  };
  return { effects, checked: { size: without(parts.size), trend: without(parts.trend), days: without(parts.days) }, prediction };
}

/**
 * The known days' departures by part, and without the weekday pattern the log plays (and a half) of the days ahead, as a mean, and the present level: on the
 * usual course at the song's own size, with the mean of its departures as the forecast has it, with their line, and with all.
 */
function splitCourse(course: Course, series: Series, snapshot: Snapshot) {
  const { known, expected, kernel, weight, lower, force } = followCourse(course, series, snapshot);
  const pullOn = (day: number) => Float64Array.from(known, (other) => kernel(day, other));
  const departures = known.map((day, at) => dot(pullOn(day), force) + (force[at] as number) / (weight[at] as number) ** 2);
  const parts = lineThrough(known.map((day) => Math.log(day + 1)), departures, weight.map((value) => 1 / (course.spreads.day ** 2 + value ** -2)));
  const forceOf = (part: readonly number[]) => timesEach(weight, solveUpper(lower, solveLower(lower, timesEach(weight, part))));
  const [ofSize, ofTrend, common] = [forceOf(parts.size), forceOf(parts.trend), parts.size[0] ?? 0];
  const flat = (day: number, plays: number) => Math.log(plays + HALF) - (snapshot.season[(snapshot.weekday + day) % 7] as number);
  const ahead = { usual: 0, size: 0, trend: 0, all: 0 };
  for (let day = snapshot.origin; day < TRAJECTORY_DAYS; day++) {
    const [usual, pull] = [expected[day] as number, pullOn(day)];
    const size = usual + dot(pull, ofSize);
    const rates = { usual: usual + common, size, trend: size + dot(pull, ofTrend), all: usual + dot(pull, force) };
    for (const at of STAGES) ahead[at] += flat(day, Math.exp(rates[at])) / (TRAJECTORY_DAYS - snapshot.origin);
  }
  const levelOf = (plays: (at: number, day: number) => number) => {
    const days = new Float64Array(snapshot.origin).fill(NaN);
    known.forEach((day, at) => { days[day] = flat(day, plays(at, day)); });
    return countLevel(days);
  };
  const rateAt = (day: number) => (expected[day] as number) + common;
  const level = { usual: levelOf((_, day) => Math.exp(rateAt(day))), trend: levelOf((at, day) => Math.exp(rateAt(day) + (parts.trend[at] as number))), all: levelOf((_, day) => series.plays[day] as number) };
  return { known, parts, ahead, level };
}

/** Values as their weighted mean, a weighted least squares line around it, and what is left. */
function lineThrough(places: readonly number[], values: readonly number[], weights: Float64Array): Record<Part, number[]> {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const meanOf = (of: readonly number[]) => dot(weights, of) / total;
  const [place, mean] = [meanOf(places), meanOf(values)];
  const around = places.map((value) => value - place);
  const slope = places.length > 1 ? meanOf(around.map((value, at) => value * (values[at] as number))) / meanOf(around.map((value) => value ** 2)) : 0;
  const trend = around.map((value) => value * slope);
  return { size: values.map(() => mean), trend, days: values.map((value, at) => value - mean - (trend[at] as number)) };
}

const timesEach = (first: Float64Array, second: ArrayLike<number>): Float64Array => first.map((value, at) => value * (second[at] as number));

const dot = (first: Float64Array, second: ArrayLike<number>): number => first.reduce((sum, value, at) => sum + value * (second[at] as number), 0);
