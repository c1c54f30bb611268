import { describe, expect, test } from 'vitest';
import { drawSpectrogram } from '../../src/score/draw-spectrogram.ts';
import { occlude, type Clip } from '../../src/score/occlusion.ts';

const FRAMES = 1292;
const MELS = 128;
const secondsPerFrame = 512 / 22_050;

const clipOf = (value: (seconds: number, mel: number) => number, hook = { start: 60, end: 90 }): Clip => ({
  logMel: Float32Array.from({ length: FRAMES * MELS }, (_, at) => value(Math.floor(at / MELS) * secondsPerFrame, at % MELS)),
  frames: FRAMES,
  secondsPerFrame,
  hook,
});

/** Answers the mean level of one stretch of time and mels, and nothing else. */
const hears = (from: number, to: number, low: number, high: number) => async (logMel: Float32Array) => {
  let sum = 0;
  let count = 0;
  for (let frame = Math.ceil(from / secondsPerFrame); frame * secondsPerFrame < to; frame++)
    for (let mel = low; mel < high; mel++) {
      sum += logMel[frame * MELS + mel] as number;
      count++;
    }
  return sum / count / 40;
};

describe('of a model that hears only mels 32 to 47 from 6 to 8 s', () => {
  const tone = clipOf((seconds, mel) => (seconds >= 6 && seconds < 8 && mel >= 32 && mel < 48 ? -10 : -60));
  const found = occlude(tone, hears(6, 8, 32, 48));

  test('only that slice, that band and that cell move the answer, and taking them out lowers it', async () => {
    const { time, frequency, cells } = await found;
    const moved = (changes: number[]) => changes.flatMap((change, at) => (Math.abs(change) > 1e-3 ? [at] : []));
    expect(moved(time)).toEqual([3]);
    expect(moved(frequency)).toEqual([2]);
    expect(moved(cells.flat())).toEqual([3 * 8 + 2]);
    for (const change of [time[3], frequency[2], cells[3][2]]) expect(change).toBeLessThan(-1);
  });

  test('slices are told in seconds of the recording, bands in Hz from 0 to half the sample rate', async () => {
    const { slices, bands, time, frequency, cells } = await found;
    expect([slices.length, bands.length, time.length, frequency.length, cells.length]).toEqual([15, 8, 15, 8, 15]);
    expect(slices[3]).toEqual({ start: 66, end: 68 });
    expect(slices.at(-1)).toEqual({ start: 88, end: 90 });
    expect(bands[0].low).toBe(0);
    expect(bands.at(-1)?.high).toBe(11_025);
    expect(bands.every(({ low, high }, at) => high > low && (at === 0 || low === bands[at - 1].high))).toBe(true);
  });
});

test('a part that lowers the answer raises it when it is taken out', async () => {
  const quiet = clipOf((seconds) => (seconds < 2 ? -90 : -40));
  const { time } = await occlude(quiet, hears(0, 2, 0, MELS));
  expect(time[0]).toBeGreaterThan(1);
});

test('the clip itself is left as it was', async () => {
  const clip = clipOf((seconds, mel) => -seconds - mel);
  const before = clip.logMel.slice();
  await occlude(clip, async () => 0);
  expect(clip.logMel).toEqual(before);
});

test('a slice of a short hook is taken out of all its repetitions', async () => {
  const short = clipOf((seconds) => (seconds % 5 < 2 ? -10 : -60), { start: 0, end: 5 });
  const all = async (logMel: Float32Array) => logMel.reduce((most, value) => Math.max(most, value), -Infinity);
  const { slices, time } = await occlude(short, all);
  expect(slices.map(({ end }) => end)).toEqual([2, 4, 5]);
  expect(time[0]).toBeLessThan(-10);
  expect(time.slice(1)).toEqual([0, 0]);
});

describe('the small spectrogram', () => {
  test('has five columns a second and 32 rows, 255 for the loudest and 0 from 80 dB below', () => {
    const { bytes, rows, columns } = drawSpectrogram(clipOf((seconds, mel) => (mel < 4 && seconds < 1 ? -5 : -100)));
    expect([rows, columns, bytes.length]).toEqual([32, 150, 4800]);
    expect(bytes.slice(0, 5)).toEqual([255, 255, 255, 255, 255]);
    expect(bytes.slice(6).every((byte) => byte === 0)).toBe(true);
  });

  test('shows a short hook once', () => {
    expect(drawSpectrogram(clipOf(() => -50, { start: 0, end: 5.2 })).columns).toBe(26);
  });
});
