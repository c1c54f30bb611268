import { binColumns } from '../boosting/bin-columns.ts';
import { predictRow } from '../boosting/predict.ts';
import { trainBoosting } from '../boosting/train.ts';
import { randomFrom } from '../boosting/random.ts';
import type { Ensemble } from '../boosting/types.ts';
import { FIXED_FEATURES, type Snapshot } from './features.ts';
import { TRAJECTORY_DAYS } from './types.ts';

/** How a song's plays on the weekday of its release go on from week to week, learned from charts seen once a week. */
export type WeeklyModel = Ensemble;

/**
 * A song's plays on its first day and each 7 days later; `plays` is NaN where it was off the chart, `floor` is what it had at most then
 * (NaN where that week's chart is missing).
 */
export type WeeklySong = { plays: Float64Array; floor: Float64Array };

const LEVEL_OVER_FLOOR = FIXED_FEATURES.indexOf('levelOverFloor');
const MOST_WEEKS = 5;
/** Weekly charts reach twice as deep as the daily ones: their floor lies about this much lower, in logs. */
const DEEPER = 0.4;
const WANTED_ROWS = 60_000;

/** @param songs tens of thousands of them; a sample is enough */
export function fitWeekly(songs: readonly WeeklySong[], seed: number): WeeklyModel {
  const random = randomFrom(seed);
  const keep = WANTED_ROWS / Math.max(1, songs.length) / 3;
  const rows: { features: Float32Array; target: number; censored: number }[] = [];
  for (const { plays, floor } of songs)
    for (let week = 1; week <= MOST_WEEKS && (plays[week - 1] as number) > 0; week++) {
      if (random() > keep * (week === 1 ? 1 : 2)) continue;
      const later = week + Math.floor(random() * (plays.length - week));
      const censored = Number.isNaN(plays[later] as number);
      const target = Math.log(censored ? (floor[later] as number) : (plays[later] as number));
      const logs = [...plays.subarray(0, week)].map(Math.log);
      const last = logs.at(-1) as number;
      const features = weeklyFeatures(later - week + 1, week, last - Math.log(floor[week - 1] as number), last - (logs.at(-2) ?? NaN), (logs.at(-2) ?? NaN) - (logs.at(-3) ?? NaN), week > 1 ? last - (logs[0] as number) : NaN);
      if (Number.isFinite(target)) rows.push({ features, target: target - last, censored: censored ? 1 : 0 });
    }
  const columns = Array.from({ length: 6 }, (_, feature) => Float32Array.from(rows, (row) => row.features[feature] as number));
  const problem = { target: Float64Array.from(rows, (row) => row.target), censored: Uint8Array.from(rows, (row) => row.censored) };
  return trainBoosting(binColumns(columns, 64), problem, { loss: { kind: 'quantile', level: 0.5 }, trees: 60, leaves: 16, learningRate: 0.1, minRows: 100, lambda: 0, columnShare: 1, seed });
}

/**
 * The median of the log of the plays on each day from the origin on over the reference of today's level; between two weeks in proportion.
 * @returns by day: NaN without a model
 */
export function weeklyCourse(model: WeeklyModel | undefined, snapshot: Snapshot): (day: number) => number {
  if (!model) return () => NaN;
  const { origin, level, flat, fixed } = snapshot;
  const before = (weeks: number) => meanOf(flat.subarray(Math.max(0, origin - 7 * weeks - 2), Math.max(0, origin - 7 * weeks)));
  const known = Math.max(1, Math.min(MOST_WEEKS, Math.ceil(origin / 7)));
  const [overFloor, change, changeBefore] = [(fixed[LEVEL_OVER_FLOOR] as number) + DEEPER, level - before(1), before(1) - before(2)];
  const sinceFirst = origin > 7 ? level - (flat[0] as number) : NaN;
  const last = Math.ceil((TRAJECTORY_DAYS - origin) / 7);
  const weeks = Float64Array.from({ length: last + 1 }, (_, ahead) => (ahead === 0 ? 0 : predictRow(model, weeklyFeatures(ahead, known, overFloor, change, changeBefore, sinceFirst))));
  return (day) => {
    const ahead = (day - origin + 1) / 7;
    const [below, above] = [Math.floor(ahead), Math.ceil(ahead)];
    return (weeks[below] as number) + (ahead - below) * ((weeks[above] as number) - (weeks[below] as number));
  };
}

const weeklyFeatures = (ahead: number, known: number, overFloor: number, change: number, changeBefore: number, sinceFirst: number) =>
  Float32Array.of(ahead, known, overFloor, change, changeBefore, sinceFirst);

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
