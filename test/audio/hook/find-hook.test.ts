import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../../src/audio/decode.ts';
import { createAlignedChroma } from '../../../src/audio/hook/aligned-chroma.ts';
import { findHook, hookOf } from '../../../src/audio/hook/find-hook.ts';
import { measureHook } from '../../../src/audio/hook/measure.ts';
import { readMcGill } from '../../../src/audio/hook/mcgill.ts';
import { noise, song } from '../signals.ts';

const joined = (...parts: Float32Array[]) => {
  const pcm = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (pcm.set(part, at), at + part.length), 0);
  return pcm;
};
const silence = (seconds: number) => new Float32Array(Math.round(seconds * SAMPLE_RATE));

test('the part that comes again is the hook, wherever it stands', () => {
  const { span, by } = hookOf(song('ABCBD', 30));
  expect(by).toBe('learned');
  expect(measureHook(span, [{ start: 30, end: 60 }, { start: 90, end: 120 }]).overlap).toBeGreaterThan(0.65);
  expect(span.end - span.start).toBeCloseTo(30, 9);
});

test('the other candidates are other parts', () => {
  const { span, others } = hookOf(song('ABCBD', 30));
  expect(others).toHaveLength(2);
  const starts = [span, ...others].map(({ start }) => start).toSorted((a, b) => a - b);
  starts.slice(1).forEach((start, i) => expect(start - (starts[i] as number)).toBeGreaterThan(29.5));
});

test('two equal parts: the same one every time', () => {
  const pcm = song('ABAB', 30);
  expect(hookOf(pcm)).toEqual(hookOf(pcm));
});

test.each([0.01, 4])('a gain of %f changes nothing', (gain) => {
  const pcm = song('ABCBD', 30);
  expect(hookOf(pcm.map((x) => x * gain)).span.start).toBeCloseTo(hookOf(pcm).span.start, 9);
});

test.each([0.3, 5, 61.7])('%f s of silence before the song move the hook by as much', (seconds) => {
  const pcm = song('ABCBD', 30);
  const moved = hookOf(joined(silence(seconds), pcm)).span.start - hookOf(pcm).span.start;
  expect(moved).toBeCloseTo(seconds, 4);
});

test('chroma begins with the first sound, however the silence before it is cut into pieces', () => {
  const pcm = song('A', 4);
  const whole = createAlignedChroma();
  whole.push(joined(silence(1), pcm));
  const pieces = createAlignedChroma();
  for (const part of [silence(0.4), joined(silence(0.6), pcm.subarray(0, 777)), pcm.subarray(777)]) pieces.push(part);
  expect(pieces.finish()).toEqual(whole.finish());
});

test('nothing comes again: the loudest half minute is taken, and said so', () => {
  const hook = hookOf(joined(noise(60, 1).map((x) => 0.01 * x), noise(30, 2).map((x) => 0.5 * x), noise(40, 3).map((x) => 0.01 * x)));
  expect(hook.by).toBe('loudest');
  expect(Math.abs(hook.span.start - 60)).toBeLessThan(1);
});

test('a recording of 30 s or less is its own hook', () => {
  const span = { start: 0, end: 20 };
  expect(hookOf(song('A', 20))).toEqual({ span, by: 'whole', others: [] });
  expect(hookOf(song('A', 30))).toEqual({ span: { start: 0, end: 30 }, by: 'whole', others: [] });
});

test('a recording with room for one hook has no other, and the hook lies inside it', () => {
  const { span, others } = hookOf(song('AB', 16));
  expect(others).toEqual([]);
  expect(span.start).toBeGreaterThanOrEqual(0);
  expect(span.end).toBeLessThanOrEqual(32);
});

test('where there is room for one and a half, the other one overlaps by half at most', () => {
  const { span, others } = hookOf(song('AB', 32));
  expect(others.length).toBeGreaterThan(0);
  expect(Math.abs((others[0]?.start ?? 0) - span.start)).toBeGreaterThanOrEqual(15);
});

test('hardly any sound in a long silence: the hook still lies inside the recording', () => {
  const { span } = hookOf(joined(silence(50), song('A', 2), silence(1)));
  expect(span).toEqual({ start: 23, end: 53 });
});

const mcgill = resolve(import.meta.dirname, '../../../../shared/data/chorus/mcgill_billboard');

describe.skipIf(!existsSync(mcgill))('McGill Billboard (../shared)', () => {
  test('a longer song than 15 minutes is answered, and every candidate lies inside', () => {
    const songs = readMcGill(mcgill).slice(0, 6).map((it) => ({ ...it, chroma: it.chroma() }));
    const frames = songs.reduce((sum, { chroma }) => sum + chroma.frames, 0);
    const values = Float32Array.from(songs.flatMap(({ chroma }) => [...chroma.values]));
    const power = Float64Array.from(songs.flatMap(({ chroma }) => [...chroma.power]));
    const seconds = frames / (songs[0]?.chroma.framesPerSecond ?? 1);
    expect(seconds).toBeGreaterThan(900);
    const { span, others } = findHook({ frames, values, power, framesPerSecond: frames / seconds }, seconds);
    expect(others).toHaveLength(2);
    for (const { start, end } of [span, ...others]) expect(start >= 0 && end <= seconds + 1e-9).toBe(true);
  });
});
