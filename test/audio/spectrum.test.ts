import { expect, test } from 'vitest';
import { createPairedSpectrum, hannWindow } from '../../src/audio/spectrum.ts';

const noise = (length: number, seed: number) =>
  Float32Array.from({ length }, (_, i) => {
    const x = Math.sin((i + seed) * 12.9898) * 43758.5453;
    return x - Math.trunc(x);
  });

/** |sum x[n] e^(-2 pi i k n / N)|^2, by definition. */
function naivePower(frame: Float64Array, k: number): number {
  let re = 0;
  let im = 0;
  frame.forEach((x, n) => {
    re += x * Math.cos((2 * Math.PI * k * n) / frame.length);
    im -= x * Math.sin((2 * Math.PI * k * n) / frame.length);
  });
  return re * re + im * im;
}

test('two real frames through one complex FFT equal the discrete Fourier transform of each', () => {
  const size = 64;
  const window = hannWindow(size);
  const pcm = noise(200, 3);
  const spectrum = createPairedSpectrum(size, window);
  spectrum.transform(pcm, 10, 101);
  for (const [at, power] of [[10, spectrum.a], [101, spectrum.b]] as const) {
    const frame = Float64Array.from(pcm.subarray(at, at + size), (x, i) => x * (window[i] ?? 0));
    expect(power).toHaveLength(33);
    power.forEach((value, k) => expect(value).toBeCloseTo(naivePower(frame, k), 10));
  }
});

test('a loud frame leaves no trace in the quiet one beside it', () => {
  const size = 2048;
  const pcm = new Float32Array(2 * size);
  pcm.set(noise(size, 1), 0);
  const spectrum = createPairedSpectrum(size, hannWindow(size));
  spectrum.transform(pcm, 0, size);
  expect(Math.max(...spectrum.b)).toBeLessThan(1e-20);
  expect(Math.max(...spectrum.a)).toBeGreaterThan(100);
});

test('a second frame beyond the end leaves the first one right', () => {
  const size = 64;
  const pcm = noise(size, 5);
  const spectrum = createPairedSpectrum(size, new Float64Array(size).fill(1));
  spectrum.transform(pcm, 0, size);
  expect(spectrum.a[7]).toBeCloseTo(naivePower(Float64Array.from(pcm), 7), 10);
});

test('the Hann window is periodic', () => {
  [0, 0.5, 1, 0.5].forEach((value, i) => expect(hannWindow(4)[i]).toBeCloseTo(value, 12));
});
