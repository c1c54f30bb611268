import { describe, expect, it } from 'vitest';
import { backtestBlocks } from '../../src/forecast/backtest-task.ts';
import { defaultEngine } from '../../src/forecast/default-engines.ts';
import type { MemberSettings } from '../../src/forecast/members.ts';
import { atMostShare, rollingForecasts } from '../../src/forecast/rolling-forecasts.ts';
import { summariseScores } from '../../src/forecast/scoring.ts';
import type { FinishedSong } from '../../src/forecast/types.ts';
import { madeSongs } from './made-songs.ts';

const settings: MemberSettings = { trees: { trees: 8, leaves: 4, learningRate: 0.15, leastLeafShare: 0.05, bags: 1, seed: 1 }, horizons: 3, ridge: 100, neighbours: 30 };
const engine = await defaultEngine('chart');
const FLOOR = 900;
const songs = madeSongs(120, 5, FLOOR);
const reversed = (song: FinishedSong): FinishedSong => ({ ...song, series: { ...song.series, plays: song.series.plays.toReversed() } });

describe('forecasts as they would have been made', () => {
  it('know nothing of songs that finish later', () => {
    const [first] = songs;
    const now = rollingForecasts(engine, [first as FinishedSong], songs);
    expect(now).toHaveLength(4);
    expect(rollingForecasts(engine, [first as FinishedSong], [first as FinishedSong, ...songs.slice(1).map(reversed)])).toEqual(now);
  });

  it('know the songs that had finished', () => {
    const latest = songs.at(-1) as FinishedSong;
    expect(rollingForecasts(engine, [latest], [...songs.slice(0, -1).map(reversed), latest])).not.toEqual(rollingForecasts(engine, [latest], songs));
  });

  it('are made without neighbours while hardly any song has finished, and keep their band', () => {
    const together = songs.map((song) => ({ ...song, date: 20_000 + (song.id % 14) }));
    const tested = rollingForecasts(engine, together, together);
    expect(tested.map(({ score }) => score)).toEqual(rollingForecasts(engine, together, []).map(({ score }) => score));
    expect(summariseScores(tested.map(({ score }) => score)).coverage).toBeGreaterThan(0.6);
  });

  it('count an off-chart day as far as the forecast itself thinks it likely', () => {
    const plays = Float64Array.from({ length: 60 }, (_, day) => (day < 7 ? 100 : NaN));
    const song = songs[0] as FinishedSong;
    const charted = (floor: number): FinishedSong => ({ ...song, series: { ...song.series, plays, floor: new Float64Array(60).fill(floor) } });
    const at = (floor: number) => rollingForecasts(engine, [charted(floor)], []).find(({ origin }) => origin === 7);
    expect(at(0)).toMatchObject({ days: 53, below: [53, 53, 53] });
    expect(at(1e6)?.below.map((days) => days / 53)).toEqual([0.1 / 0.95, 0.5 / 0.95, 0.9 / 0.95].map((share) => expect.closeTo(share, 9)));
  });

  it.each([
    [5, 0.1],
    [10, 0.1],
    [15, 0.3],
    [20, 0.5],
    [30, 0.7],
    [40, 0.95],
  ])('think at most %i plays likely by %f where the quantiles are 10, 20 and 40', (plays, share) => {
    expect(atMostShare({ q10: 10, q50: 20, q90: 40 }, plays)).toBeCloseTo(share, 12);
  });
});

describe('a backtest in blocks', () => {
  it('forecasts the later songs only, each block from the songs that had finished before it', () => {
    const many = madeSongs(150, 8, FLOOR);
    const tested = backtestBlocks(many, 'chart', { settings });
    const ids = [...new Set(tested.map(({ id }) => id))];
    expect(Math.min(...ids)).toBe(90);
    expect(ids).toHaveLength(60);
    const before = (id: number) => (one: { id: number }) => one.id < id;
    const other = backtestBlocks([...many.slice(0, 121), ...many.slice(121).map(reversed)], 'chart', { settings });
    expect(other.filter(before(120)).map(({ score }) => score)).toEqual(tested.filter(before(120)).map(({ score }) => score));
  }, 60_000);

  it('refuses songs that came out together', () => {
    expect(() => backtestBlocks(songs.map((song) => ({ ...song, date: 20_000 })), 'chart')).toThrow(expect.objectContaining({ code: 'too-few-earlier-songs' }));
  });
});
