import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, weekdayOf } from '../../src/forecast/calendar.ts';
import { knownSum, seriesOf } from '../../src/forecast/series.ts';
import { buildTrajectory, coverageOf, type Coverage } from '../../src/forecast/trajectory.ts';

const RELEASE = '2026-02-27';
const covered = (from: number, to: number, without: number[] = []): Coverage => {
  const days = Array.from({ length: to - from + 1 }, (_, at) => from + at).filter((day) => !without.includes(day));
  return { from: addDays(RELEASE, from), to: addDays(RELEASE, to), days: new Set(days.map((day) => addDays(RELEASE, day))) };
};
const plays = (rows: Parameters<typeof buildTrajectory>[1], coverage: Coverage) => buildTrajectory(RELEASE, rows, coverage).map((day) => day.plays);

describe('a trajectory', () => {
  it('has 0 plays on a delivered day without a count', () => {
    expect(plays({ charted: false, day: [0, 2], plays: [5, 7], floor: [null, null] }, covered(-9, 3))).toEqual([5, 0, 7, 0]);
  });

  it('does not know a day that no feed delivered', () => {
    expect(plays({ charted: false, day: [0, 3], plays: [5, 7], floor: [null, null] }, covered(-9, 4, [1, 2]))).toEqual([5, null, null, 7, 0]);
  });

  it('does not know a day without a count when the song was seen through a chart', () => {
    const days = buildTrajectory(RELEASE, { charted: true, day: [0, 2], plays: [500, null], floor: [null, 90] }, covered(0, 3));
    expect(days.map((day) => day.plays)).toEqual([500, null, null, null]);
    expect(days.map((day) => day.floor)).toEqual([null, null, 90, null]);
  });

  it('does not know it either as long as no floor has been told', () => {
    expect(plays({ charted: true, day: [0, 2], plays: [500, 400], floor: [null, null] }, covered(0, 3))).toEqual([500, null, 400, null]);
  });

  it('starts at the release and ends at the data date or day 59', () => {
    expect(buildTrajectory(RELEASE, undefined, covered(-5, -1))).toEqual([]);
    expect(buildTrajectory(RELEASE, undefined, covered(-5, 0))).toEqual([{ day: 0, date: RELEASE, plays: 0, floor: null }]);
    expect(buildTrajectory(RELEASE, undefined, covered(-5, 99)).at(-1)).toMatchObject({ day: 59, date: '2026-04-27' });
  });

  it('takes the watermark from the feeds that carry the song', () => {
    const delivered = [{ feed: 'chart', day: '2026-01-01' }, { feed: '', day: '2026-01-01' }, { feed: '', day: '2026-01-09' }];
    expect(coverageOf(delivered, ['chart'])?.to).toBe('2026-01-01');
    expect(coverageOf(delivered, ['', 'chart'])?.to).toBe('2026-01-09');
    expect(coverageOf(delivered, [])?.to).toBe('2026-01-09');
    expect(coverageOf([], [])).toBeUndefined();
  });
});

describe('the known sum', () => {
  const of = (...values: [plays: number | null, floor?: number][]) => seriesOf(values.map(([plays, floor = null], day) => ({ day, date: addDays(RELEASE, day), plays, floor })));
  it('counts a censored day as its floor and fills an unknown one with the mean', () => {
    expect(knownSum(of([10], [null, 4], [null]), 3)).toBe(21);
  });
  it('is unknown when more than half of the days are', () => {
    expect(knownSum(of([10], [null], [null]), 3)).toBeNaN();
    expect(knownSum(of(), 3)).toBeNaN();
  });
});

describe('calendar days', () => {
  it('cross months and leap days', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(weekdayOf('2028-02-28')).toBe(0);
  });
});
