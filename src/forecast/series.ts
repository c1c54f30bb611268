import { weekdayOf } from './calendar.ts';
import type { ListenerFacts } from './listener-features.ts';
import { TRAJECTORY_DAYS, type TrajectoryDay } from './types.ts';

/** Days before the release whose chart floors are looked at. */
export const DAYS_BEFORE = 28;

/**
 * A trajectory as numbers, one entry a day from the release on. `plays` is NaN on unknown and censored days; a censored day has a `floor`,
 * which its plays did not exceed; a counted day may have one, too. `floorBefore` are the chart's floors on the 28 days before the release.
 */
export type Series = {
  plays: Float64Array;
  floor: Float64Array;
  floorBefore: Float64Array;
  /** Seen through a chart, also where no floor is known: what the feed is and not what the days so far happen to tell. */
  charted: boolean;
  /** Weekday of day 0: 0 Monday to 6 Sunday. */
  weekday: number;
  /** False for a song that came onto a chart again or long after its release. */
  fresh: boolean;
  /** Absent where the catalogue knows nothing of listeners, or nobody needed it. */
  listeners?: ListenerFacts;
};

/**
 * @param charted default: some day has a floor
 * @example seriesOf([{ day: 0, date: '2026-11-22', plays: null, floor: 7 }]).floor[0] // 7
 */
export function seriesOf(days: readonly TrajectoryDay[], charted = days.some(({ floor }) => floor !== null)): Series {
  const series: Series = {
    plays: new Float64Array(TRAJECTORY_DAYS).fill(NaN),
    floor: new Float64Array(TRAJECTORY_DAYS).fill(NaN),
    floorBefore: new Float64Array(DAYS_BEFORE).fill(NaN),
    charted,
    weekday: days[0] ? weekdayOf(days[0].date) : 0,
    fresh: true,
  };
  for (const { day, plays, floor } of days) {
    if (plays !== null) series.plays[day] = plays;
    if (floor !== null) series.floor[day] = floor;
  }
  return series;
}

/** The part of a series that may be looked at when `origin` days are known. */
export const known = (series: Series, origin: number): Series => ({
  ...series,
  plays: series.plays.slice(0, origin),
  floor: series.floor.slice(0, origin),
  ...(series.listeners && { listeners: series.listeners.slice(0, origin) }),
});

/** The day's count, or what it was at most; NaN when unknown. */
export function atMost({ plays, floor }: Series, day: number): number {
  const count = plays[day] as number;
  return Number.isNaN(count) ? (floor[day] as number) : count;
}

/** At or below its floor on that day: no count, but a bound. */
export const isCensored = ({ plays, floor }: Series, day: number): boolean => Number.isNaN(plays[day] as number) && !Number.isNaN(floor[day] as number);

/** Days with a count or a bound among the first `count`. */
export function knownDays(series: Series, count: number): number {
  let days = 0;
  for (let day = 0; day < count; day++) if (!Number.isNaN(atMost(series, day))) days++;
  return days;
}

/**
 * Plays of the first `count` days. A censored day counts as its floor, an unknown day as the mean of the others.
 * @returns NaN when more than half of the days are unknown
 * @example knownSum(seriesOf([{ day: 0, date: '2026-01-01', plays: 4, floor: null }]), 2) // 8
 */
export function knownSum(series: Series, count: number): number {
  let sum = 0;
  for (let day = 0; day < count; day++) {
    const value = atMost(series, day);
    if (!Number.isNaN(value)) sum += value;
  }
  const days = knownDays(series, count);
  return days * 2 < count ? NaN : (sum * count) / days;
}
