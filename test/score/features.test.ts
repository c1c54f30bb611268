import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hookOf } from '../../src/audio/hook/find-hook.ts';
import { logMel } from '../../src/audio/mel.ts';
import { demoSong } from '../../src/catalogue/demo/audio.ts';
import { UserError } from '../../src/errors.ts';
import { clipsOf, otherStart, writeFeatures, type FeatureSong } from '../../src/score/features.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-features-'));
});
afterAll(async () => await rm(dir, { recursive: true }));

const ABOUT = { source: 'test', demonstration: true, dataDate: '2026-10-31' };
const song = (id: string, clips: FeatureSong['clips']): FeatureSong => ({ id, title: id, artist: 'a', artistName: 'A', releaseDate: '2026-01-01', listeners: 100, playsPerListener: 2, clips });

test('a song is written as its hook and one window beside it, as served, to the precision of 16-bit floats', async () => {
  const pcms = [1, 2].map((seed) => demoSong({ seed }).pcm);
  const songs = pcms.map((pcm, at) => song(`S${at}`, async () => clipsOf(`S${at}`, pcm)));
  const { index } = await writeFeatures(dir, { ...ABOUT, songs });
  expect(JSON.parse(await readFile(join(dir, 'features.json'), 'utf8'))).toEqual(index);
  expect(index).toMatchObject({ frames: 1292, mels: 128, rows: 4, songs: [{ rows: [0, 1] }, { rows: [2, 3] }] });

  const bytes = await readFile(join(dir, 'features.f16'));
  const rows = new Float16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  const size = index.frames * index.mels;
  expect(rows.length).toBe(4 * size);
  const start = Math.round(hookOf(pcms[1] as Float32Array).span.start * 22_050);
  const served = logMel((pcms[1] as Float32Array).subarray(start, start + 30 * 22_050));
  const worst = served.reduce((most, value, at) => Math.max(most, Math.abs(value - (rows[2 * size + at] as number))), 0);
  expect(worst).toBeLessThan(0.04);
  expect(rows.slice(2 * size, 3 * size)).not.toEqual(rows.slice(3 * size));
});

test('a song that can not be heard is left out and told of; the others keep their rows in order', async () => {
  const flat = (value: number): [Float32Array, Float32Array] => [new Float32Array(1292 * 128).fill(value), new Float32Array(1292 * 128).fill(value - 1)];
  const songs = [song('a', async () => flat(-10)), song('b', async () => await Promise.reject(new UserError('audio-silent'))), song('c', async () => flat(-30))];
  const told: number[] = [];
  const { index, unheard } = await writeFeatures(dir, { ...ABOUT, songs }, { together: 2, onSong: (done) => told.push(done) });
  expect(index.songs.map(({ id, rows, loudness }) => ({ id, rows, loudness: Math.round(loudness) }))).toEqual([{ id: 'a', rows: [0, 1], loudness: 11 }, { id: 'c', rows: [2, 3], loudness: -9 }]);
  expect(unheard).toMatchObject([{ id: 'b', error: { code: 'audio-silent' } }]);
  expect(told).toEqual([2, 3]);
  await expect(writeFeatures(dir, { ...ABOUT, songs }, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  await expect(writeFeatures(dir, { ...ABOUT, songs: [song('x', async () => await Promise.reject(new Error('a bug')))] })).rejects.toThrow('a bug');
});

test('the window beside a hook is always the same for a song, up to 6 s away and never before the beginning', () => {
  const starts = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => otherStart(id, 20));
  expect(starts).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => otherStart(id, 20)));
  expect(new Set(starts).size).toBeGreaterThan(2);
  for (const start of starts) expect(Math.abs(start - 20)).toBeLessThanOrEqual(6);
  for (const id of ['a', 'b', 'c']) expect(otherStart(id, 0)).toBeGreaterThanOrEqual(0);
});
