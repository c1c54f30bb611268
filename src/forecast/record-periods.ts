import type { RecordRow } from '../db/queries/forecast-record.ts';
import { addDays, daysBetween, weekdayOf } from './calendar.ts';
import { summariseRecord, type RecordSummary } from './record.ts';

/** The forecasts made in one week (from Monday) or month, by the last day of data they were made from; `from` is its first day. */
export type RecordPeriod = RecordSummary & { from: string };
export type RecordPeriods = { by: 'week' | 'month'; periods: RecordPeriod[] };

/** More weeks than half a year's are told by month. */
const MOST_WEEKS = 26;

/**
 * The record over time, oldest period first; a period without forecasts stands there with n = 0.
 * @example recordPeriods([]) // { by: 'week', periods: [] }
 */
export function recordPeriods(rows: readonly RecordRow[]): RecordPeriods {
  const dates = rows.map(({ dataDate }) => dataDate).toSorted();
  const [first, last] = [dates[0], dates.at(-1)];
  if (!first || !last) return { by: 'week', periods: [] };
  const by = daysBetween(mondayOf(first), last) < 7 * MOST_WEEKS ? 'week' : 'month';
  const startOf = by === 'week' ? mondayOf : firstOfMonth;
  const periods: RecordPeriod[] = [];
  for (let from = startOf(first); from <= last; from = startOf(addDays(from, by === 'week' ? 7 : 31)))
    periods.push({ from, ...summariseRecord(rows.filter(({ dataDate }) => startOf(dataDate) === from)) });
  return { by, periods };
}

const mondayOf = (day: string): string => addDays(day, -weekdayOf(day));
const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;
