import { factsAt, LISTENER_FEATURES } from './listener-features.ts';
import { seasonOf, type Season } from './season.ts';
import { atMost, known, type Series } from './series.ts';

/** What is known of a song at an origin, in logs and without the weekday pattern. */
export type Snapshot = {
  origin: number;
  /** Weekday of day 0. */
  weekday: number;
  /** Log level now. On a chart: the mean of the log plays, a day's weight falling by a quarter each day back. */
  level: number;
  season: Season;
  /** Features that don't depend on the day forecast. */
  fixed: Float32Array;
  /** Log plays less the weekday pattern of days 0..origin-1, NaN where unknown. */
  flat: Float64Array;
};

const FADE = 0.75;
/** Half a play keeps the logarithm of a day without plays finite and hardly moves any other. */
export const HALF = 0.5;
/** Small counts are noisy: their level is the log of a mean, partly of all known days. */
const RECENT_SHARE = 0.6;

export const HORIZON_FEATURES = ['day', 'ahead', 'weekday', 'logAhead', 'season', 'weekly'] as const;
/** Models name features by their place: new ones come last, and are NaN where a model that was learned without them is asked. */
export const FIXED_FEATURES = [
  'origin', 'lastWeekday', 'firstWeekday', 'fresh', 'levelOverFloor', 'lastOverLevel', 'change1', 'change2', 'change3', 'change7', 'weekChange', 'weekChange2',
  'slope', 'roughness', 'longSlope', 'jump1', 'jump2', 'maxOverLevel', 'maxDay', 'minOverLevel', 'firstOverLevel', 'meanOverLevel', 'floorTrend', 'censored', 'smallLevel',
  ...LISTENER_FEATURES,
] as const;
export const FEATURES = [...HORIZON_FEATURES, ...FIXED_FEATURES] as const;

const nan = Number.NaN;

/** Looks at the first `origin` days only. */
export function snapshotOf(series: Series, origin: number, usual: Season): Snapshot {
  const seen = known(series, origin);
  const season = seasonOf(seen, usual);
  const weekday = (day: number) => (series.weekday + day) % 7;
  const flat = Float64Array.from({ length: origin }, (_, day) => Math.log(atMost(seen, day) + HALF) - (season[weekday(day)] as number));
  const floors = Float64Array.from([...seen.floorBefore, ...seen.floor], (value, at) => Math.log(value + HALF) - (season[(((series.weekday + at - 28) % 7) + 7) % 7] as number));
  const { charted } = seen;
  const level = charted ? fadingMean(flat) : countLevel(flat);
  const at = (day: number) => (day >= 0 && day < origin ? (flat[day] as number) : nan);
  const last = origin - 1;
  const { max, maxDay, min } = extremes(flat);
  const recent = line(flat, Math.max(0, origin - 7));
  const fixed = Float32Array.from([
    origin,
    weekday(last),
    series.weekday,
    series.fresh ? 1 : 0,
    level - fadingMean(floors),
    at(last) - level,
    at(last) - at(last - 1),
    at(last) - at(last - 2),
    at(last) - at(last - 3),
    at(last) - at(last - 7),
    mean(flat, origin - 7, origin) - mean(flat, origin - 14, origin - 7),
    mean(flat, origin - 14, origin - 7) - mean(flat, origin - 21, origin - 14),
    recent.slope,
    recent.deviation,
    line(flat, 0).slope,
    at(1) - at(0),
    at(2) - at(1),
    max - level,
    maxDay / origin,
    min - level,
    at(0) - level,
    Math.log(mean(flat.map(Math.exp), 0, origin)) - level,
    mean(floors, floors.length - 7, floors.length) - mean(floors, floors.length - 14, floors.length - 7),
    [...seen.plays].filter((value) => Number.isNaN(value)).length / origin,
    charted ? nan : level,
    ...factsAt(seen.listeners, origin),
  ]);
  return { origin, weekday: series.weekday, level, season, fixed, flat };
}

/** Log of the plays (and a half) that `day` would have, were the level to stay. */
export const referenceOf = ({ level, season, weekday }: Snapshot, day: number): number => level + (season[(weekday + day) % 7] as number);

/**
 * Writes the features of one later day into `row`.
 * @param weekly what the model of weekly shape expects of that day (weekly-shape.ts); NaN without one
 */
export function fillRow(row: Float32Array, snapshot: Snapshot, day: number, weekly: number): void {
  const ahead = day - snapshot.origin + 1;
  const weekday = (snapshot.weekday + day) % 7;
  row[0] = day;
  row[1] = ahead;
  row[2] = weekday;
  row[3] = Math.log(ahead);
  row[4] = snapshot.season[weekday] as number;
  row[5] = weekly;
  row.set(snapshot.fixed, HORIZON_FEATURES.length);
}

/** The level now of a song with complete counts: log of a mean of its days. @param flat see Snapshot */
export function countLevel(flat: Float64Array): number {
  const plays = flat.map((value) => Math.exp(value) - HALF);
  return RECENT_SHARE * Math.log(fadingMean(plays) + HALF) + (1 - RECENT_SHARE) * Math.log(mean(plays, 0, plays.length) + HALF);
}

function fadingMean(values: Float64Array): number {
  let sum = 0;
  let weights = 0;
  values.forEach((value, at) => {
    if (Number.isNaN(value)) return;
    const weight = FADE ** (values.length - 1 - at);
    sum += weight * value;
    weights += weight;
  });
  return sum / weights;
}

function mean(values: Float64Array, from: number, to: number): number {
  if (from < 0) return nan;
  const present = values.subarray(from, to).filter((value) => !Number.isNaN(value));
  return present.reduce((sum, value) => sum + value, 0) / present.length;
}

function extremes(values: Float64Array): { max: number; maxDay: number; min: number } {
  let [max, maxDay, min] = [-Infinity, 0, Infinity];
  values.forEach((value, at) => {
    if (value > max) [max, maxDay] = [value, at];
    if (value < min) min = value;
  });
  return { max, maxDay, min };
}

/** Least squares through the days from `from` on, and the standard deviation around it. */
function line(values: Float64Array, from: number): { slope: number; deviation: number } {
  const points: [number, number][] = [];
  for (let at = from; at < values.length; at++) if (!Number.isNaN(values[at] as number)) points.push([at, values[at] as number]);
  const n = points.length;
  if (n < 3) return { slope: n === 2 ? (points[1] as [number, number])[1] - (points[0] as [number, number])[1] : nan, deviation: nan };
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return { slope, deviation: Math.sqrt(points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0) / n) };
}
