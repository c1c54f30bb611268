import { randomFrom } from '../../src/boosting/random.ts';
import type { FinishedSong } from '../../src/forecast/types.ts';

/**
 * Invented finished songs: a level, a decay and a weekend of their own, noise from day to day. With a floor, days at or below it are censored.
 * @param floor plays at the last rank; undefined for complete counts
 */
export function madeSongs(count: number, seed: number, floor?: number): FinishedSong[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, id) => {
    const level = (floor ?? 20) * (1.5 + 6 * random());
    const decay = 0.95 + 0.045 * random();
    const weekend = 0.7 + 0.5 * random();
    const date = 20_000 + id * 2;
    const weekday = id % 7;
    const truth = Float64Array.from({ length: 60 }, (__, day) => Math.round(level * decay ** day * ((weekday + day) % 7 > 4 ? weekend : 1) * (0.85 + 0.3 * random())));
    return {
      id,
      group: `artist ${id % 40}`,
      market: '',
      date,
      series: {
        plays: truth.map((plays) => (floor !== undefined && plays <= floor ? NaN : plays)),
        floor: new Float64Array(60).fill(floor ?? NaN),
        floorBefore: new Float64Array(28).fill(floor ?? NaN),
        charted: floor !== undefined,
        weekday,
        fresh: true,
      },
    };
  });
}
