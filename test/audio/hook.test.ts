import { expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../src/audio/decode.ts';
import { hookOf, spanAt } from '../../src/audio/hook.ts';
import { noise, song } from './signals.ts';

const joined = (...parts: Float32Array[]) => {
  const pcm = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    pcm.set(part, at);
    at += part.length;
  }
  return pcm;
};
const oneChorus = song('ABCBD', 30);
const found = hookOf(oneChorus);

const silence = (seconds: number) => new Float32Array(Math.round(seconds * SAMPLE_RATE));

test('the part that comes again is the hook, wherever it stands', () => {
  // 30-second parts: only B repeats, at 30 s and 90 s
  const hook = found;
  expect(hook.by).toBe('repetition');
  expect([30, 90].some((start) => Math.abs(hook.span.start - start) < 3)).toBe(true);
  expect(hook.span.end - hook.span.start).toBeCloseTo(30, 9);
});

test('the part heard three times beats the part heard twice', () => {
  const { span } = hookOf(song('ABCBADB', 30));
  expect([30, 90, 180].some((start) => Math.abs(span.start - start) < 3)).toBe(true);
});

test('two equal parts: the same one is taken every time', () => {
  const pcm = song('ABAB', 30);
  const first = hookOf(pcm);
  expect(first.by).toBe('repetition');
  expect(hookOf(pcm)).toEqual(first);
});

test.each([0.01, 0.5, 4])('a gain of %f changes nothing', (gain) => {
  expect(hookOf(oneChorus.map((x) => x * gain)).span.start).toBeCloseTo(found.span.start, 9);
});

test.each([0.3, 5, 61.7])('%f s of silence before the song move the hook by as much', (seconds) => {
  const moved = hookOf(joined(silence(seconds), oneChorus)).span.start - found.span.start;
  expect(Math.abs(moved - seconds)).toBeLessThan(0.5);
});

test('nothing comes again: the loudest half minute is taken, and said so', () => {
  const quiet = noise(60, 1).map((x) => 0.01 * x);
  const loud = noise(30, 2).map((x) => 0.5 * x);
  const hook = hookOf(joined(quiet, loud, noise(40, 3).map((x) => 0.01 * x)));
  expect(hook.by).toBe('loudest');
  expect(Math.abs(hook.span.start - 60)).toBeLessThan(1);
});

test('a recording of 30 s or less is its own hook', () => {
  expect(hookOf(song('A', 20))).toEqual({ span: { start: 0, end: 20 }, by: 'whole' });
  expect(hookOf(song('A', 30)).span).toEqual({ start: 0, end: 30 });
});

test('a recording just longer than the hook is handled', () => {
  const { span } = hookOf(song('AB', 16));
  expect(span.start).toBeGreaterThanOrEqual(0);
  expect(span.end).toBeLessThanOrEqual(32);
});

test('hardly any sound in a long silence: the hook still lies inside the recording', () => {
  const { span } = hookOf(joined(silence(50), song('A', 2), silence(1)));
  expect(span).toEqual({ start: 23, end: 53 });
});

test('a span asked for near the end moves forward to stay whole', () => {
  expect(spanAt(170, 180)).toEqual({ start: 150, end: 180 });
  expect(spanAt(12, 20)).toEqual({ start: 0, end: 20 });
});
