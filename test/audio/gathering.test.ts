import { expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../src/audio/decode.ts';
import { createLevel } from '../../src/audio/level.ts';
import { createRecording } from '../../src/audio/recording.ts';
import { createWaveform } from '../../src/audio/waveform.ts';
import { noise, tone } from './signals.ts';

test('the outline of a tone that doubles half way is 0.5, then 1', () => {
  const waveform = createWaveform();
  waveform.push(tone(440, 10, 0.2));
  waveform.push(tone(440, 10, 0.4));
  const { peaks, seconds } = waveform.finish();
  expect(seconds).toBe(20);
  expect(peaks).toHaveLength(600);
  expect(peaks[100]).toBeCloseTo(0.5, 2);
  expect(peaks[500]).toBeCloseTo(1, 2);
});

test('only seconds above -70 dB sound; a constant does not', () => {
  const level = createLevel();
  level.push(tone(440, 4, 0.001)); // -63 dB
  level.push(tone(440, 4, 0.0003)); // -73.5 dB
  level.push(new Float32Array(4 * SAMPLE_RATE).fill(0.8));
  expect(level.soundingSeconds()).toBeCloseTo(4, 0);
});

test('a recording gives back the samples it was given, across its blocks', () => {
  const pcm = noise(100);
  const recording = createRecording();
  for (let at = 0; at < pcm.length; at += 8191) recording.append(pcm.subarray(at, at + 8191));
  for (const [start, end] of [[0, 10], [2 ** 20 - 5, 2 ** 20 + 5], [0, pcm.length]] as const) expect(recording.slice(start, end)).toEqual(pcm.slice(start, end));
  recording.free();
});

test('a recording of more than six and a half minutes keeps nothing', () => {
  const recording = createRecording();
  const minute = new Float32Array(60 * SAMPLE_RATE);
  for (let i = 0; i < 6; i++) recording.append(minute);
  expect(recording.slice(0, 5)).toHaveLength(5);
  recording.append(minute);
  expect(recording.slice(0, 5)).toBeUndefined();
});
