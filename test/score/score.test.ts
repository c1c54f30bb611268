import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoTracks } from '../../src/catalogue/demo/tracks.ts';
import { readConfig } from '../../src/config.ts';
import { loadScoreCard, type ScoreCard } from '../../src/score/card.ts';
import { contentHash } from '../../src/score/content-hash.ts';
import { scoreClip } from '../../src/score/score-clip.ts';
import { scoreFile, scoreOf } from '../../src/score/score.ts';
import { createWorkPool, type WorkPool } from '../../src/work/pool.ts';

let dir: string;
let work: WorkPool;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-score-'));
  work = createWorkPool(1);
  for (const [index, { bytes }] of demoTracks().entries()) await writeFile(join(dir, `${index}.wav`), bytes);
  await writeFile(join(dir, 'notes.txt'), 'no audio');
});
afterAll(async () => {
  await work.close();
  await rm(dir, { recursive: true });
});
const score = async (name: string, { minimumGroup, ...options }: { hookStart?: number; minimumGroup?: string } = {}) => {
  const stages: string[] = [];
  const answer = await scoreFile({ work, config: readConfig(minimumGroup === undefined ? {} : { MINIMUM_GROUP: minimumGroup }) }, { path: join(dir, name), title: name, maxBytes: 1e8, onStage: (stage) => stages.push(stage), ...options });
  return { ...answer, stages };
};

test('of the two demo tracks the one made to appeal scores higher, in every part, and says whose model that was', async () => {
  const [better, worse] = [await score('0.wav'), await score('1.wav')];
  expect(better.score).toBeGreaterThan(worse.score + 20);
  expect(better.listeners.percentile).toBeGreaterThan(worse.listeners.percentile);
  expect(better.playsPerListener.percentile).toBeGreaterThan(worse.playsPerListener.percentile);
  expect(better.model).toEqual({ id: (await loadScoreCard()).id, demonstration: true, why: 'not-trained' });
  expect(better.hook.end - better.hook.start).toBeCloseTo(30, 3);
  expect(better.stages).toEqual(['listening', 'scoring']);
  expect((await score('0.wav')).score).toBe(better.score);
});

test('the answer carries its intervals, what moved it and the songs like it, and survives being stored', async () => {
  const answer = await score('0.wav');
  expect(answer.interval.low).toBeLessThan(answer.score);
  expect(answer.interval.high).toBeGreaterThan(answer.score);
  for (const { low, value, high } of [answer.listeners, answer.playsPerListener]) expect([low < value, value < high]).toEqual([true, true]);
  expect(answer.occlusion.cells.map((bands) => bands.length)).toEqual(Array.from({ length: 15 }, () => 8));
  expect(answer.nearest.map(({ similarity }) => similarity)).toEqual(answer.nearest.map(({ similarity }) => similarity).toSorted((a, b) => b - a));
  expect(answer.nearest).toHaveLength(5);
  expect(answer.embedding).toHaveLength(32);
  expect(answer.predicted.plays).toBeCloseTo(Math.log(answer.listeners.value * answer.playsPerListener.value), 9);
  expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
});

describe('percentiles and intervals', () => {
  const rising = (from: number, to: number) => Array.from({ length: 101 }, (_, at) => from * (to / from) ** (at / 100));
  const plain = { songs: 300, artists: 50, dataDate: '2026-10-31', from: '2025-11-01', to: '2026-10-31', listeners: rising(100, 10_000), playsPerListener: rising(1, 4), plays: rising(100, 40_000) };
  const margins = { level: 0.8, artists: 50, songs: 300, listeners: [-0.5, 0.5], playsPerListener: [-0.1, 0.1], plays: [-0.6, 0.5], coverage: { listeners: 0.8, playsPerListener: 0.8, plays: 0.79 } } satisfies ScoreCard['interval'];
  const of = (listeners: number, playsPerListener: number) => scoreOf({ listeners, playsPerListener }, { reference: plain, interval: margins });

  test('many who hear it once and few who repeat it stand equally high, in different quadrants', () => {
    const [wide, deep] = [of(4000, 1), of(1000, 4)];
    expect(wide.score).toBeCloseTo(deep.score, 9);
    expect([wide.quadrant, deep.quadrant]).toEqual(['reach', 'both']);
    expect(of(300, 3.9).quadrant).toBe('repeat');
    expect(of(300, 1.1).quadrant).toBe('neither');
  });

  test('beyond the reference a score is 0 or 100, and its interval stays inside that', () => {
    const [least, most] = [of(1, 1), of(1e7, 50)];
    expect([least.score, least.interval.low]).toEqual([0, 0]);
    expect([most.score, most.interval.high]).toEqual([100, 100]);
    expect(least.listeners.low).toBe(1);
  });

  test('the score lies inside its interval, which rises with it', () => {
    const scores = [150, 400, 1000, 3000, 9000].map((listeners) => of(listeners, 1.5));
    for (const { score: at, interval } of scores) expect([interval.low <= at, at <= interval.high]).toEqual([true, true]);
    const ends = scores.map(({ interval }) => interval.low);
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    expect(scores[0].interval).toMatchObject({ level: 0.8, coverage: 0.79 });
  });
});

test('songs with fewer listeners than the minimum group are shown neither by name nor on the map', async () => {
  const clip = { logMel: Float32Array.from({ length: 1292 * 128 }, (_, at) => -50 + 10 * Math.sin(at / 41)), frames: 1292, hook: { start: 0, end: 30 } };
  const { nearest } = await scoreClip({ ...clip, fewest: 0 });
  const least = Math.min(...nearest.map(({ listeners }) => listeners));
  const without = await scoreClip({ ...clip, fewest: least + 1 });
  expect(without.nearest).toHaveLength(5);
  expect(Math.min(...without.nearest.map(({ listeners }) => listeners), ...without.points.map(([reach]) => reach))).toBeGreaterThan(least);
  const { reference } = await score('0.wav', { minimumGroup: '1000' });
  expect(Math.min(...reference.points.map(([reach]) => reach))).toBeGreaterThanOrEqual(1000);
});

test('the part to be heard can be chosen; one that would run past the end is moved back, and says so', async () => {
  const chosen = await score('0.wav', { hookStart: 5 });
  expect([chosen.hook, chosen.warnings]).toEqual([{ start: 5, end: 35 }, []]);
  const start = Math.floor(chosen.seconds) - 8;
  const moved = await score('0.wav', { hookStart: start });
  expect(moved.warnings).toEqual([{ code: 'part-moved', context: { seconds: Math.round(start - moved.hook.start) } }]);
});

test('what is no audio is refused with its reason', async () => {
  await expect(score('notes.txt')).rejects.toMatchObject({ code: 'file-not-audio' });
  await expect(score('nothing.wav')).rejects.toMatchObject({ code: 'file-missing' });
});

test('equal content has an equal hash', async () => {
  await writeFile(join(dir, 'empty'), '');
  expect(await contentHash(join(dir, 'empty'))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
