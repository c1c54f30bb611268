import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/forecast/calendar.ts';
import { fitSzaboHuberman, predictSzaboHuberman } from '../../src/forecast/szabo-huberman.ts';
import { seriesOf, type Series } from '../../src/forecast/series.ts';
import { ORIGINS } from '../../src/forecast/types.ts';

const days = (plays: (number | null)[], floors: (number | null)[] = []): Series =>
  seriesOf(plays.map((value, day) => ({ day, date: addDays('2026-01-01', day), plays: value, floor: floors[day] ?? null })));
const decaying = (level: number) => ({ series: days(Array.from({ length: 60 }, (_, day) => Math.round(level * 0.95 ** day))) });
const songs = Array.from({ length: 41 }, (_, id) => decaying(20_000 + 1000 * id));

describe('the log-linear model of Szabo & Huberman', () => {
  it('continues a song as the finished songs went on, scaled to its first days', () => {
    const model = fitSzaboHuberman(songs);
    const known = days([500, 475, 451]);
    const { days: ahead, checkpoints } = predictSzaboHuberman(model, known, 3);
    expect(ahead).toHaveLength(57);
    expect(ahead[0]?.q50).toBeCloseTo(500 * 0.95 ** 3, 0);
    expect(ahead[56]?.q50).toBeCloseTo(500 * 0.95 ** 59, 0);
    expect(checkpoints[3]?.q50).toBeCloseTo((500 * (1 - 0.95 ** 60)) / 0.05, -1);
  });

  it('has one residual quantile per horizon: the empirical 10, 50 and 90 % of the growth', () => {
    const spread = Array.from({ length: 11 }, (_, id) => ({ series: days(Array.from({ length: 60 }, (_, day) => (day < 3 ? 1000 : 100 * id))) }));
    const { days: ahead } = predictSzaboHuberman(fitSzaboHuberman(spread), days([1000, 1000, 1000]), 3);
    expect(ahead[10]?.q10).toBeCloseTo(100, 6);
    expect(ahead[10]?.q50).toBeCloseTo(500, 6);
    expect(ahead[10]?.q90).toBeCloseTo(900, 6);
  });

  it('takes the total from the songs\' own totals, which vary less than their days added up', () => {
    const swapped = Array.from({ length: 40 }, (_, id) => ({
      series: days(Array.from({ length: 60 }, (_, day) => (day < 3 ? 100 : day % 2 === id % 2 ? 10 : 90))),
    }));
    const { days: ahead, checkpoints } = predictSzaboHuberman(fitSzaboHuberman(swapped), days([100, 100, 100]), 3);
    const added = ahead.reduce((sum, day) => sum + day.q90 - day.q10, 0);
    const total = checkpoints[3];
    expect(total && total.q90 - total.q10).toBeLessThan(added / 10);
  });

  it.each([
    ['one day with plays, then none', [900, 0, 0]],
    ['no plays at all', [0, 0, 0]],
    ['a gap', [900, null, 850]],
    ['a restart', [5, 0, 4000]],
  ])('never crosses, never goes below zero or below what is known: %s', (_, plays) => {
    const mixed = [...songs, ...Array.from({ length: 20 }, () => ({ series: days(Array.from({ length: 60 }, (_, day) => (day === 0 ? 50 : 0))) }))];
    const { days: ahead, checkpoints } = predictSzaboHuberman(fitSzaboHuberman(mixed), days(plays), 3);
    const sum = plays.reduce<number>((so, value) => so + (value ?? 0), 0);
    for (const day of ahead) {
      expect(day.q10).toBeGreaterThanOrEqual(0);
      expect(day.q50).toBeGreaterThanOrEqual(day.q10);
      expect(day.q90).toBeGreaterThanOrEqual(day.q50);
    }
    for (const point of checkpoints) expect(point.q10).toBeGreaterThanOrEqual(sum);
  });

  it('takes a censored day as at or below its floor and leaves an unknown one out', () => {
    const offChart = Array.from({ length: 40 }, () => ({
      series: days(Array.from({ length: 60 }, (_, day) => (day < 5 ? 1000 : null)), Array.from({ length: 60 }, (_, day) => (day < 5 || day === 59 ? null : 200))),
    }));
    const { days: ahead } = predictSzaboHuberman(fitSzaboHuberman(offChart), days([1000, 1000, 1000]), 3);
    expect(ahead[10]?.q90).toBeLessThanOrEqual(200);
    expect(ahead[56]).toEqual(ahead[55]);
  });

  it('reads nothing after the origin', () => {
    const model = fitSzaboHuberman(songs);
    for (const origin of ORIGINS) {
      const known = Array.from({ length: 60 }, (_, day) => 1000 - 10 * day);
      const changed = known.map((plays, day) => (day < origin ? plays : 999_999 - plays));
      expect(predictSzaboHuberman(model, days(changed), origin)).toEqual(predictSzaboHuberman(model, days(known), origin));
    }
  });

  it('leaves songs without early plays out of the fit', () => {
    const silent = { series: days(Array.from({ length: 60 }, (_, day) => (day < 30 ? 0 : 10))) };
    expect(fitSzaboHuberman([...songs, silent]).offsets).toEqual(fitSzaboHuberman(songs).offsets);
  });
});
