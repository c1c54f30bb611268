import { describe, expect, it } from 'vitest';
import { chartExit } from '../../src/forecast/chart-exit.ts';
import { snapshotOf } from '../../src/forecast/features.ts';
import { createBank, findNeighbours, type Neighbour } from '../../src/forecast/neighbours.ts';
import { summariseRecord } from '../../src/forecast/record.ts';
import { scoreForecast } from '../../src/forecast/scoring.ts';
import { usualSeason } from '../../src/forecast/season.ts';
import { seriesOf } from '../../src/forecast/series.ts';
import { similarSongs, whatSeparated } from '../../src/forecast/similar-songs.ts';
import { madeSongs } from './made-songs.ts';

const songs = madeSongs(120, 5);
const bank = createBank(songs, usualSeason(songs.map((song) => song.series)));

describe('songs like this one', () => {
  it('are the nearest, and the song itself is nearest of all', () => {
    const [song] = songs;
    const found = findNeighbours(bank, snapshotOf((song as (typeof songs)[number]).series, 14, bank.usual), 5);
    expect(found[0]?.song.id).toBe(0);
    expect(found.map(({ distance }) => distance)).toEqual(found.map(({ distance }) => distance).toSorted((a, b) => a - b));
    expect(findNeighbours(bank, snapshotOf((song as (typeof songs)[number]).series, 14, bank.usual), 5, ({ id }) => id === 0)[0]?.song.id).not.toBe(0);
  });

  it('that held are told from those that fell by how fast they fell before', () => {
    const neighbours = findNeighbours(bank, snapshotOf((songs[3] as (typeof songs)[number]).series, 14, bank.usual), 120);
    const separated = whatSeparated(neighbours);
    expect(separated.map(({ feature }) => feature)).toContain('longSlope');
    expect(separated.find(({ feature }) => feature === 'longSlope')?.difference).toBeGreaterThan(0.5);
    expect((separated[0]?.held ?? 0) + (separated[0]?.fell ?? 0)).toBeLessThanOrEqual(120);
    expect(similarSongs(neighbours)).toHaveLength(5);
    const [nearest, ...others] = neighbours as [Neighbour, ...Neighbour[]];
    const unknown: Neighbour = { ...nearest, song: { ...nearest.song, series: { ...nearest.song.series, plays: nearest.song.series.plays.map((plays, day) => (day < 20 ? plays : NaN)), floor: new Float64Array(60).fill(NaN) } } };
    expect(similarSongs([unknown, ...others]).map(({ id }) => id)).toEqual(others.slice(0, 5).map(({ song }) => song.id));
    expect(whatSeparated(neighbours.slice(0, 4))).toEqual([]);
  });
});

describe('the chart exit', () => {
  const days = Array.from({ length: 46 }, () => ({ q10: 50, q50: 100, q90: 200 }));
  const rows = Array.from({ length: 14 }, (_, day) => ({ day, chart: 60, rest: 40 }));

  it('leaves what came from elsewhere', () => {
    const exit = chartExit(rows, 14, days);
    expect(exit?.share).toBe(0.6);
    expect([exit?.chart[15], exit?.rest[15], exit?.chart[16], exit?.rest[16]]).toEqual([60, 40, 0, 40]);
    expect(exit?.lostOnExit).toBe(60);
  });

  it('reads nothing after the origin, and is silent without chart plays', () => {
    expect(chartExit([...rows, { day: 20, chart: 0, rest: 1e6 }], 14, days)).toEqual(chartExit(rows, 14, days));
    expect(chartExit(rows.map((row) => ({ ...row, chart: 0 })), 14, days)).toBeUndefined();
    expect(chartExit([], 14, days)).toBeUndefined();
  });
});

describe('a score', () => {
  it('is worked by hand: pinball over the early mean, an off-chart day at or below its floor', () => {
    const series = seriesOf([100, 100, 100, 80, null].map((plays, day) => ({ day, date: `2026-01-0${day + 1}`, plays, floor: plays === null ? 40 : null })));
    const score = scoreForecast(series, 3, [{ q10: 50, q50: 60, q90: 70 }, { q10: 30, q50: 40, q90: 50 }]);
    // Day 3: 0.1 x 30 + 0.5 x 20 + 0.9 x 10 = 22; day 4: only q90 is above the floor, 0.1 x 10 = 1.
    expect(score?.pinball).toBeCloseTo((22 + 1) / 2 / 100, 12);
    expect(score).toMatchObject({ counted: 1, inside: 0, total: 420, predictedTotal: 400 });
    expect(scoreForecast(series, 3, [], 3)).toBeUndefined();
  });

  it('adds up in the record', () => {
    const row = { until: 60, pinball: 0.2, szaboHuberman: 0.4, counted: 10, inside: 8, totalError: 0.1, totalInside: true };
    expect(summariseRecord([row, { ...row, inside: 6, totalError: null, szaboHuberman: null }])).toEqual({ n: 2, days: 20, inside: 0.7, pinballRatio: 0.5, finished: 1, totalError: 0.1, szaboHubermanError: null });
  });
});
