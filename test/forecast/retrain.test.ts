import { describe, expect, it } from 'vitest';
import { fitEngine, type Engine } from '../../src/forecast/engine.ts';
import type { MemberSettings } from '../../src/forecast/members.ts';
import { compete, retrain } from '../../src/forecast/retrain.ts';
import { madeSongs } from './made-songs.ts';

const settings: MemberSettings = { trees: { trees: 10, leaves: 4, learningRate: 0.15, leastLeafShare: 0.05, bags: 1, seed: 1 }, horizons: 3, ridge: 100, neighbours: 30 };
/** Learns every song by heart. */
const BY_HEART: MemberSettings = { trees: { trees: 25, leaves: 120, learningRate: 0.5, leastLeafShare: 0, bags: 1, seed: 1 }, horizons: 8, ridge: 0.01, neighbours: 30 };
const FLOOR = 900;
const songs = madeSongs(150, 5, FLOOR);
const last = songs.at(-1)?.date ?? 0;
/** Released later than all of the others, one every two days. */
const later = madeSongs(70, 6, FLOOR).map((song) => ({ ...song, id: song.id + 1000, date: last + 2 + 2 * song.id }));

describe('a contest', () => {
  const good = fitEngine(songs, { kind: 'chart', settings });
  const bad: Engine = { ...good, weights: [0, 1, 0], members: { ...good.members, linear: { origins: [], means: [], deviations: [], weights: [] } } };

  it('is won by the model that loses less on the same songs, and by none that is only as good', () => {
    expect(compete(good, bad, later, songs).activate).toBe(true);
    expect(compete(bad, good, later, songs).activate).toBe(false);
    expect(compete(good, good, later, songs).activate).toBe(false);
  });
});

describe('an active model that has learned the catalogue by heart', () => {
  const fitted = fitEngine(songs, { kind: 'chart', settings: BY_HEART });
  const byHeart = { engine: { ...fitted, weights: [0.5, 0.5, 0] }, learnedUntil: last };

  it('would win on songs that it has learned from', () => {
    const honest = fitEngine(songs.slice(0, 90), { kind: 'chart', settings });
    expect(compete(honest, byHeart.engine, songs.slice(120), songs).activate).toBe(false);
  });

  it('is beaten on those that it has not', () => {
    const told: number[] = [];
    const { contest, learnedUntil } = retrain([...later, ...songs], 'chart', byHeart, { settings, onProgress: (done) => told.push(done) });
    expect(contest.activate).toBe(true);
    expect(contest.songs).toBeGreaterThanOrEqual(40);
    expect(learnedUntil).toBe(later.at(-1)?.date);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBeCloseTo(1, 9);
  }, 60_000);

  it('is not compared while hardly any song is new to it', () => {
    expect(() => retrain([...songs, ...later.slice(0, 5)], 'chart', byHeart)).toThrow(expect.objectContaining({ code: 'too-few-new-songs', context: { fresh: 5, needed: 20 } }));
  });
});

describe('a small catalogue', () => {
  const shipped = { engine: fitEngine(songs.slice(0, 40), { kind: 'chart', settings, keepSongs: false }), learnedUntil: -Infinity };

  it('is refused', () => {
    expect(() => retrain(songs.slice(0, 99), 'chart', shipped)).toThrow(expect.objectContaining({ code: 'too-few-finished-songs', context: { finished: 99, needed: 100 } }));
  });

  it('is refused where all its songs came out together', () => {
    const together = songs.map((song) => ({ ...song, date: 20_000 + (song.id % 30) }));
    expect(() => retrain(together, 'chart', shipped)).toThrow(expect.objectContaining({ code: 'too-few-earlier-songs', context: { earlier: 0, needed: 50 } }));
  });
});
