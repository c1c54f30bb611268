import { expect, test } from 'vitest';
import { recordPeriods } from '../../src/forecast/record-periods.ts';
import { recordRow } from './record-rows.ts';

const told = (dates: string[]) => {
  const { by, periods } = recordPeriods(dates.map((date) => recordRow(date, {})));
  return { by, periods: periods.map(({ from, n }) => [from, n]) };
};

test('weeks begin on Mondays, and one without forecasts stands there empty', () => {
  expect(told(['2026-05-18', '2026-05-10', '2026-05-04'])).toEqual({ by: 'week', periods: [['2026-05-04', 2], ['2026-05-11', 0], ['2026-05-18', 1]] });
});

test('more than half a year is told by month, across the turn of a year', () => {
  expect(told(['2026-08-31', '2027-02-01', '2027-03-01']).periods).toEqual([['2026-08-01', 1], ['2026-09-01', 0], ['2026-10-01', 0], ['2026-11-01', 0], ['2026-12-01', 0], ['2027-01-01', 0], ['2027-02-01', 1], ['2027-03-01', 1]]);
});

test('nothing has no periods', () => {
  expect(told([])).toEqual({ by: 'week', periods: [] });
});

test('a period sums up its own forecasts', () => {
  const { periods } = recordPeriods([recordRow('2026-05-04', { inside: 53, totalError: 0.1 }), recordRow('2026-05-05', { inside: 0, totalError: 0.5 }), recordRow('2026-05-12', { szaboHubermanError: 0.2 })]);
  expect(periods.map(({ inside, finished, totalError }) => [inside, finished, totalError])).toEqual([[0.5, 2, 0.1], [42 / 53, 0, null]]);
  expect(periods[1]?.szaboHubermanError).toBe(0.2);
});
