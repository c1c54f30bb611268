import { randomFrom } from '../boosting/random.ts';
import { FEATURES, HALF, fillRow, referenceOf, snapshotOf, type Snapshot } from './features.ts';
import type { Season } from './season.ts';
import { atMost, isCensored, knownDays } from './series.ts';
import { weeklyCourse, type WeeklyModel } from './weekly-shape.ts';
import { TRAJECTORY_DAYS, type FinishedSong } from './types.ts';

/** Origins that are learned from; forecasts are made at four of them, and the others teach what lies between. */
export const LEARNED_ORIGINS = [3, 5, 7, 10, 14, 20, 27, 30, 38] as const;

/**
 * One row for some later days of every song at every origin. The target is the log of the plays over what they would be, were the
 * level at the origin to stay.
 */
export type TrainingTable = {
  columns: Float32Array[];
  target: Float64Array;
  censored: Uint8Array;
  /** Number of each row's group, and how many there are. */
  group: Int32Array;
  groups: number;
  /** What the weekly model expects of each row; NaN without one. */
  weekly: Float64Array;
  rows: { snapshot: Snapshot; day: number }[];
};

/**
 * @param horizons how many later days of a song are drawn at an origin: few, because a song's days tell nearly the same
 * @param seed of the draw
 */
export function trainingTable(songs: readonly FinishedSong[], usual: Season, weekly: WeeklyModel | undefined, horizons: number, seed: number): TrainingTable {
  const random = randomFrom(seed);
  const numbers = new Map<string, number>();
  const kept: { snapshot: Snapshot; day: number; expected: number; target: number; censored: number; group: number }[] = [];
  for (const { series, group } of songs) {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    for (const origin of LEARNED_ORIGINS) {
      const draws = Array.from({ length: horizons }, (_, part) => origin + Math.floor(((part + random()) / horizons) * (TRAJECTORY_DAYS - origin)));
      if (!isLearnable(series, origin)) continue;
      const snapshot = snapshotOf(series, origin, usual);
      const course = weeklyCourse(weekly, snapshot);
      for (const day of draws) {
        const value = atMost(series, day);
        if (Number.isNaN(value)) continue;
        kept.push({ snapshot, day, expected: course(day), target: Math.log(value + HALF) - referenceOf(snapshot, day), censored: isCensored(series, day) ? 1 : 0, group: number });
      }
    }
  }
  const columns = FEATURES.map(() => new Float32Array(kept.length));
  const row = new Float32Array(FEATURES.length);
  kept.forEach(({ snapshot, day, expected }, at) => {
    fillRow(row, snapshot, day, expected);
    columns.forEach((column, feature) => { column[at] = row[feature] as number; });
  });
  return {
    columns,
    target: Float64Array.from(kept, (one) => one.target),
    censored: Uint8Array.from(kept, (one) => one.censored),
    group: Int32Array.from(kept, (one) => one.group),
    groups: numbers.size,
    weekly: Float64Array.from(kept, (one) => one.expected),
    rows: kept,
  };
}

/** At least half of the days up to the origin are known, one of them counted above 0, and none is off the chart. */
export function isLearnable(series: FinishedSong['series'], origin: number): boolean {
  const seen = series.plays.subarray(0, origin);
  for (let day = 0; day < origin; day++) if (isCensored(series, day)) return false;
  return knownDays(series, origin) * 2 >= origin && seen.some((plays) => plays > 0);
}
