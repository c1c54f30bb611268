import type { TrajectoryRows } from '../db/queries/trajectory-days.ts';
import { addDays } from './calendar.ts';
import { TRAJECTORY_DAYS, type TrajectoryDay } from './types.ts';

/** The days that the feeds of one song have delivered. */
export type Coverage = { from: string; to: string; days: ReadonlySet<string> };

/**
 * The union of the feeds that carry a song. A song that no feed has carried is measured against all of them.
 * @returns undefined when nothing was imported
 * @example coverageOf([{ feed: '', day: '2026-01-01' }], [])?.to // '2026-01-01'
 */
export function coverageOf(delivered: readonly { feed: string; day: string }[], feeds: readonly string[]): Coverage | undefined {
  const days = delivered.filter((row) => feeds.length === 0 || feeds.includes(row.feed)).map((row) => row.day).toSorted();
  const [from] = days;
  const to = days.at(-1);
  return from && to ? { from, to, days: new Set(days) } : undefined;
}

/**
 * The days of a song from its release to the data date, at most 60.
 *
 * A delivered day without a count is 0 plays; a day that no feed delivered is unknown. Of a song seen through a chart a day without a
 * count is unknown, never 0.
 * @param rows undefined for a song without a count in its first 60 days
 * @example buildTrajectory('2026-01-01', undefined, { from: '2026-01-01', to: '2026-01-02', days: new Set(['2026-01-01']) })
 * // plays of days 0 and 1: [0, null]
 */
export function buildTrajectory(releaseDate: string, rows: Omit<TrajectoryRows, 'songId'> | undefined, coverage: Coverage): TrajectoryDay[] {
  const days: TrajectoryDay[] = [];
  for (let day = 0; day < TRAJECTORY_DAYS; day++) {
    const date = addDays(releaseDate, day);
    if (date > coverage.to) break;
    const at = rows?.day.indexOf(day) ?? -1;
    const empty = rows?.charted || !coverage.days.has(date) ? null : 0;
    days.push({ day, date, plays: at < 0 ? empty : (rows?.plays[at] ?? null), floor: at < 0 ? null : (rows?.floor[at] ?? null) });
  }
  return days;
}
