import { expect, test } from 'vitest';
import { CHROMA_CLASSES, createChroma } from '../../src/audio/chroma.ts';
import { SAMPLE_RATE } from '../../src/audio/decode.ts';
import { noise, tone } from './signals.ts';

const chromaOf = (pcm: Float32Array, piece = pcm.length) => {
  const chroma = createChroma();
  for (let at = 0; at < pcm.length; at += piece) chroma.push(pcm.subarray(at, at + piece));
  return chroma.finish();
};

const strongest = (values: Float32Array) => values.indexOf(Math.max(...values));

test.each([
  ['A', 440, 9],
  ['C', 523.25, 0],
  ['F sharp', 739.99, 6],
  ['B', 1975.5, 11],
])('a pure %s is the largest treble class of every frame', (_, hz, pitchClass) => {
  const { frames, values } = chromaOf(tone(hz, 2));
  for (let frame = 0; frame < frames - 1; frame++) expect(strongest(values.slice(frame * CHROMA_CLASSES, (frame + 1) * CHROMA_CLASSES))).toBe(12 + pitchClass);
});

test('a low A is bass, not treble', () => {
  const { values } = chromaOf(tone(110, 1));
  expect(strongest(values.slice(0, CHROMA_CLASSES))).toBe(9);
});

test('chroma does not depend on the pieces in which the samples arrive', () => {
  const pcm = noise(3);
  const whole = chromaOf(pcm);
  for (const piece of [1, 777, 6144, 16_384]) expect(chromaOf(pcm, piece)).toEqual(whole);
});

test('there are 10.8 frames a second, and every sample is in one', () => {
  const { frames, framesPerSecond } = chromaOf(noise(10));
  expect(framesPerSecond).toBeCloseTo(10.77, 2);
  expect((frames - 1) * 2048 + 4096).toBeGreaterThanOrEqual(10 * SAMPLE_RATE);
  expect(chromaOf(new Float32Array(100)).frames).toBe(1);
});
