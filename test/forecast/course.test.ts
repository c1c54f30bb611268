import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/boosting/random.ts';
import { cholesky, solveLower, solveUpper } from '../../src/forecast/cholesky.ts';
import { countQuantiles } from '../../src/forecast/count-quantiles.ts';
import { fitCourse, predictCourse } from '../../src/forecast/course.ts';
import { snapshotOf } from '../../src/forecast/features.ts';
import { seriesOf, type Series } from '../../src/forecast/series.ts';
import { usualSeason } from '../../src/forecast/season.ts';
import { addDays } from '../../src/forecast/calendar.ts';

const songOf = (counts: readonly (number | null)[]): Series => seriesOf(counts.map((plays, day) => ({ day, date: addDays('2026-01-01', day), plays, floor: null })));
const random = randomFrom(21);
const normal = () => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);

/** Counts from 1 to 100 a day that fall with the log of the day, each song its own way, with Poisson noise (Knuth). */
function drawnSong(): Series {
  const [level, slope] = [2.5 + normal(), -0.6 + 0.25 * normal()];
  return songOf(Array.from({ length: 60 }, (_, day) => {
    const end = Math.exp(-Math.exp(level + slope * Math.log(day + 1) + 0.3 * normal()));
    let count = 0;
    for (let left = random(); left > end; left *= random()) count++;
    return count;
  }));
}

const all = Array.from({ length: 120 }, drawnSong);
const usual = usualSeason(all);
const course = fitCourse(all, usual);
const forecast = (series: Series, origin: number) => predictCourse(course, series, snapshotOf(series, origin, usual));

describe('the quantiles of a count', () => {
  it('are those of a Poisson count where the rate is known (scipy.stats.poisson.ppf)', () => {
    expect(countQuantiles(Math.log(0.05), 0.001)).toEqual([0, 0, 0]);
    expect(countQuantiles(Math.log(3), 0.001)).toEqual([1, 3, 5]);
    expect(countQuantiles(Math.log(20), 0.001)).toEqual([14, 20, 26]);
  });

  it('go over into a log-normal without a jump', () => {
    const [small, large] = [countQuantiles(Math.log(26.3), 0.5), countQuantiles(Math.log(26.5), 0.5)];
    small.forEach((value, at) => expect(Math.abs((large[at] as number) / value - 1)).toBeLessThan(0.06));
  });
});

describe('the usual course', () => {
  it('covers about 80 % of the days of songs it has not seen', () => {
    const counted = Array.from({ length: 80 }, drawnSong).flatMap((series) => forecast(series, 7).map(([low, , high], step) => ((series.plays[7 + step] as number) >= low && (series.plays[7 + step] as number) <= high ? 1 : 0)));
    const share = counted.reduce<number>((sum, one) => sum + one, 0) / counted.length;
    expect(share).toBeGreaterThan(0.76);
    expect(share).toBeLessThan(0.92);
  });

  it('follows the song: ten times the plays, about ten times the forecast', () => {
    const [small, large] = [forecast(songOf([90, 110, 100, 95, 105, 98, 102]), 7), forecast(songOf([900, 1100, 1000, 950, 1050, 980, 1020]), 7)];
    const ratio = (large[0]?.[1] ?? 0) / (small[0]?.[1] ?? 1);
    expect(ratio).toBeGreaterThan(7);
    expect(ratio).toBeLessThan(12);
  });

  it('answers with gaps, without any known day, and for one spike or absurd counts', () => {
    for (const counts of [[3, null, 4, null, null, 5, 3], [null, null, null], [0, 0, 0], [50_000, 0, 0, 0, 0, 0, 0], [4e9, 4e9, 4e9]])
      for (const [low, middle, high] of forecast(songOf(counts), counts.length)) {
        expect(Number.isFinite(high)).toBe(true);
        expect(low >= 0 && low <= middle && middle <= high).toBe(true);
      }
  });
});

it('the triangular solvers undo the factor: [[4, 2], [2, 3]] x = [10, 8] has x = [1.75, 1.5]', () => {
  const lower = cholesky([Float64Array.of(4, 2), Float64Array.of(2, 3)]);
  expect([...solveUpper(lower, solveLower(lower, Float64Array.of(10, 8)))].map((value) => Number(value.toFixed(12)))).toEqual([1.75, 1.5]);
});
