import { expect, test } from 'vitest';
import { logMel, MEL_BANDS } from '../../src/audio/mel.ts';
import { hzToMel, melFilters, melToHz } from '../../src/audio/mel-filters.ts';
import golden from '../fixtures/audio/log-mel.json' with { type: 'json' };

const RATE = 22_050;

/** The signal of test/fixtures/audio/make-log-mel.py: a tone, a sweep, noise from 1 s on, an offset, silence from 2.9 s on. */
function fixtureSignal(): Float32Array {
  return Float32Array.from({ length: golden.samples }, (_, n) => {
    const t = n / RATE;
    const hash = Math.sin(n * 12.9898) * 43758.5453;
    const tones = 0.3 * Math.sin(2 * Math.PI * 220 * t) + 0.2 * Math.sin(2 * Math.PI * (500 * t + 900 * t * t));
    return t < 2.9 ? tones + (t > 1 ? 0.05 * (hash - Math.trunc(hash)) : 0) + 0.1 : 0;
  });
}

test('the fixture signal is the one that torchaudio saw', () => {
  const signal = fixtureSignal();
  [0, 1, 1000, 30_000, 60_000].forEach((at, i) => expect(signal[at]).toBeCloseTo(golden.check[i] ?? NaN, 7));
});

test('the log-mel equals torchaudio within 0.01 dB in every band of every fixture row', () => {
  const decibels = logMel(fixtureSignal());
  expect(decibels).toHaveLength(golden.frames * MEL_BANDS);
  let worst = 0;
  for (const [row, expected] of Object.entries(golden.rows)) {
    expected.forEach((value, band) => (worst = Math.max(worst, Math.abs(value - (decibels[Number(row) * MEL_BANDS + band] ?? NaN)))));
  }
  expect(worst).toBeLessThan(0.01);
});

test('digital silence is exactly -100 dB, with or without an offset', () => {
  expect(new Set(logMel(new Float32Array(5000)))).toEqual(new Set([-100]));
  expect(new Set(logMel(new Float32Array(5000).fill(0.5)))).toEqual(new Set([-100]));
});

test('an offset changes nothing', () => {
  const signal = fixtureSignal();
  const shifted = logMel(signal.map((x) => x + 0.25));
  const plain = logMel(signal);
  expect(Math.max(...plain.map((value, i) => Math.abs(value - (shifted[i] ?? NaN))))).toBeLessThan(0.05);
});

test('a gain of 6.02 dB adds 6.02 dB everywhere above the floor', () => {
  const signal = fixtureSignal();
  const plain = logMel(signal);
  const louder = logMel(signal.map((x) => 2 * x));
  plain.forEach((value, i) => {
    if (value > -90) expect((louder[i] ?? NaN) - value).toBeCloseTo(20 * Math.log10(2), 3);
  });
});

test('30 s have 1292 frames', () => {
  expect(logMel(new Float32Array(30 * RATE))).toHaveLength(1292 * 128);
});

test('clips shorter than half a frame, and samples that are no numbers, are refused', () => {
  expect(() => logMel(new Float32Array(1024))).toThrow(RangeError);
  expect(logMel(new Float32Array(1025))).toHaveLength(3 * MEL_BANDS);
  expect(() => logMel(new Float32Array(5000).fill(NaN, 4000, 4001))).toThrow(RangeError);
  expect(() => logMel(new Float32Array(5000).fill(Infinity, 4000, 4001))).toThrow(RangeError);
});

test("Slaney's mel scale has its knee at 1 kHz and 6400 Hz at 42 mels", () => {
  expect(hzToMel(1000)).toBeCloseTo(15, 12);
  expect(melToHz(42)).toBeCloseTo(6400, 9);
  expect(melToHz(hzToMel(3333))).toBeCloseTo(3333, 9);
});

test('every filter has weights and unit area', () => {
  for (const { weights } of melFilters(RATE, 2048, 128).slice(40)) {
    const area = weights.reduce((sum, weight) => sum + weight, 0) * (RATE / 2048);
    expect(area).toBeGreaterThan(0.9);
    expect(area).toBeLessThan(1.1);
  }
  expect(melFilters(RATE, 2048, 128).every(({ weights }) => weights.length > 0)).toBe(true);
});
