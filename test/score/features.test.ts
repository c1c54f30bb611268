import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hookOf } from '../../src/audio/hook/find-hook.ts';
import { logMel } from '../../src/audio/mel.ts';
import { demoSong } from '../../src/catalogue/demo/audio.ts';
import { writeFeatures, type FeatureSong } from '../../src/score/features.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-features-'));
});
afterAll(async () => await rm(dir, { recursive: true }));

test('a song is written as its hook and one window beside it, as served, to the precision of 16-bit floats', async () => {
  const pcms = [1, 2].map((seed) => demoSong({ seed }).pcm);
  const songs: FeatureSong[] = pcms.map((pcm, at) => ({ id: `S${at}`, artist: 'A', listeners: 100, playsPerListener: 2, pcm: () => pcm }));
  const index = await writeFeatures(dir, { source: 'test', demonstration: true, dataDate: '2026-10-31', songs });
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
