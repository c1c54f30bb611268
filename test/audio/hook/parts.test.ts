import { expect, test } from 'vitest';
import { agreeOverRepeats } from '../../../src/audio/hook/agree.ts';
import { chooseWindows } from '../../../src/audio/hook/choose.ts';
import { coarsen } from '../../../src/audio/hook/coarsen.ts';
import { foldsOf } from '../../../src/audio/hook/folds.ts';
import { meansOf, ranksOf } from '../../../src/audio/hook/means.ts';
import { measureHook, summariseHooks } from '../../../src/audio/hook/measure.ts';
import { spanAt, windowMeans } from '../../../src/audio/hook/window.ts';

const nothingRepeats = (frames: number) => ({ kept: 1, at: new Int32Array(frames).fill(-1), value: new Float32Array(frames).fill(NaN) });

test('means leave out what is not known and what lies outside', () => {
  const mean = meansOf([1, NaN, 5, 6]);
  expect(mean(0, 3)).toBe(3);
  expect(mean(-9, 9)).toBe(4);
  expect(mean(1, 2)).toBeNaN();
  expect(mean(7, 9)).toBeNaN();
});

test('equal values share their rank', () => {
  expect([...ranksOf([5, 9, 7])]).toEqual([0, 1, 0.5]);
  expect([...ranksOf([2, 2, NaN, 3])]).toEqual([0.25, 0.25, NaN, 1]);
});

test('a window near the end moves forward to stay whole', () => {
  expect([...windowMeans(Float64Array.of(1, 3, 5), 2)]).toEqual([2, 4, 4]);
  expect(spanAt(170, 180)).toEqual({ start: 150, end: 180 });
});

test('windows overlap only where there is little room, and by half at most; the earliest of equals comes first', () => {
  const values = Float64Array.of(0, 5, 5, 0, 4, 0, 0, 3, 0, 0);
  expect(chooseWindows(values, 3, 7, nothingRepeats(10), 3)).toEqual([1, 4, 7]);
  expect(chooseWindows(values, 3, 3, nothingRepeats(10), 3)).toEqual([1, 3]);
  expect(chooseWindows(values, 3, 2, nothingRepeats(10), 3)).toEqual([1]);
});

test('another part comes before another time the same part', () => {
  const repeats = nothingRepeats(9);
  for (const [from, to] of [[0, 3], [3, 0]] as const) for (let i = 0; i < 3; i++) [repeats.at[from + i], repeats.value[from + i]] = [to + i, 1];
  expect(chooseWindows(Float64Array.of(1, 0, 0, 0.9, 0, 0, 0.6, 0, 0), 3, 6, repeats, 3)).toEqual([0, 6, 3]);
});

test('a frame agrees in part with where it comes again, and with strong repeats alone', () => {
  const repeats = { kept: 2, at: Int32Array.of(1, 2, 0, -1, 0, -1), value: Float32Array.of(1, 0.5, 0.7, NaN, 0.2, NaN) };
  const agreed = agreeOverRepeats(Float64Array.of(0.2, 0.8, 0.5), repeats);
  [0.38, 0.62, 0.5].forEach((value, frame) => expect(agreed[frame]).toBeCloseTo(value, 12));
});

test('overlap, half inside and a near start are measured against all choruses', () => {
  expect(measureHook({ start: 10, end: 40 }, [{ start: 12, end: 30 }])).toEqual({ overlap: 0.6, halfInside: 1, startWithin3s: 1 });
  expect(measureHook({ start: 10, end: 40 }, [{ start: 14, end: 20 }, { start: 37, end: 60 }])).toEqual({ overlap: 0.3, halfInside: 0, startWithin3s: 0 });
});

test('the standard error counts a recording once, however many ids it has', () => {
  const score = (overlap: number) => ({ overlap, halfInside: 0, startWithin3s: 0 });
  const alone = summariseHooks([score(0), score(1)], ['a', 'b']).meanOverlap;
  expect(alone).toEqual({ mean: 0.5, standardError: 0.3536 });
  expect(summariseHooks([score(0), score(0), score(1), score(1)], ['a', 'a', 'b', 'b']).meanOverlap).toEqual(alone);
});

test('a group lies in one fold, and the seed decides which', () => {
  const groups = Array.from({ length: 40 }, (_, i) => `song ${i % 20}`);
  const folds = foldsOf(groups, 5, 1);
  groups.forEach((_, i) => expect(folds[i]).toBe(folds[i % 20]));
  expect([0, 1, 2, 3, 4].map((fold) => folds.slice(0, 20).filter((it) => it === fold).length)).toEqual([4, 4, 4, 4, 4]);
  expect(foldsOf(groups, 5, 2)).not.toEqual(folds);
});

test('beyond 15 minutes two frames become one, of the same direction', () => {
  const frames = (count: number) => ({ count, vectors: Float32Array.from({ length: count * 24 }, (_, i) => (i % 24 === 3 ? 1 : 0)), power: new Float64Array(count).fill(2), secondsPerFrame: 0.5, start: 1 });
  expect(coarsen(frames(1800)).count).toBe(1800);
  const { count, vectors, power, secondsPerFrame, start } = coarsen(frames(1802));
  expect({ count, secondsPerFrame, start, power: power[900] }).toEqual({ count: 901, secondsPerFrame: 1, start: 1, power: 2 });
  expect(vectors[900 * 24 + 3]).toBeCloseTo(1, 6);
});
