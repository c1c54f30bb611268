import { describe, expect, test } from 'vitest';
import { demoSong } from '../../../src/catalogue/demo/audio.ts';
import { wavFile } from '../../../src/catalogue/demo/audio-wav.ts';
import { demoTracks } from '../../../src/catalogue/demo/tracks.ts';

const songs = Array.from({ length: 8 }, (_, seed) => demoSong({ seed, artist: seed % 3 }));
const rmsDecibels = (pcm: Float32Array) => 10 * Math.log10(pcm.reduce((sum, value) => sum + value * value, 0) / pcm.length);

describe('a rendered song', () => {
  test('is the same whenever it is rendered', () => expect(demoSong({ seed: 4, artist: 1 }).pcm).toEqual(songs[4]?.pcm));

  test('is 80 to 165 s of finite samples within full scale', () => {
    for (const { pcm, sampleRate } of songs) {
      expect(pcm.length / sampleRate).toBeGreaterThan(80);
      expect(pcm.length / sampleRate).toBeLessThan(165);
      expect(pcm.every((value) => Math.abs(value) <= 1)).toBe(true);
    }
  });

  test('has known sections without gaps, among them at least two choruses', () => {
    for (const { sections, pcm, sampleRate } of songs) {
      expect(sections[0]?.start).toBe(0);
      expect(sections.at(-1)?.end).toBeCloseTo(pcm.length / sampleRate, 3);
      sections.slice(1).forEach((section, index) => expect(section.start).toBe(sections[index]?.end));
      expect(sections.filter(({ kind }) => kind === 'chorus').length).toBeGreaterThanOrEqual(2);
    }
  });

  test('has a level drawn at random between -26 and -14 dB, whatever its appeal', () => {
    const quietest = Math.min(...songs.map(({ pcm }) => rmsDecibels(pcm)));
    const loudest = Math.max(...songs.map(({ pcm }) => rmsDecibels(pcm)));
    expect(quietest).toBeGreaterThan(-26.5);
    expect(loudest).toBeLessThan(-13.5);
    expect(loudest - quietest).toBeGreaterThan(4);
  });
});

test('a WAV file has its header and clips what is too loud', () => {
  const bytes = Buffer.from(wavFile(Float32Array.of(0, 0.5, -2), 22_050));
  expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
  expect(bytes.readUInt32LE(24)).toBe(22_050);
  expect([bytes.readInt16LE(44), bytes.readInt16LE(46), bytes.readInt16LE(48)]).toEqual([0, 16_384, -32_767]);
});

test('demo tracks are WAV files with different content', () => {
  const [one, two] = demoTracks();
  expect(one?.name).toMatch(/\.wav$/);
  expect(Buffer.from(one?.bytes ?? []).equals(two?.bytes ?? new Uint8Array())).toBe(false);
});
