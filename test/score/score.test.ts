import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoTracks } from '../../src/catalogue/demo/tracks.ts';
import { readConfig } from '../../src/config.ts';
import { loadScoreCard } from '../../src/score/card.ts';
import { contentHash } from '../../src/score/content-hash.ts';
import { scoreFile } from '../../src/score/score.ts';
import { createWorkPool, type WorkPool } from '../../src/work/pool.ts';

let dir: string;
let work: WorkPool;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-score-'));
  work = createWorkPool(1);
  for (const [index, { bytes }] of demoTracks().entries()) await writeFile(join(dir, `${index}.wav`), bytes);
  await writeFile(join(dir, 'notes.txt'), 'no audio');
});
afterAll(async () => {
  await work.close();
  await rm(dir, { recursive: true });
});
const score = async (name: string, options: { hookStart?: number } = {}) => {
  const stages: string[] = [];
  const answer = await scoreFile({ work, config: readConfig({}) }, { path: join(dir, name), title: name, maxBytes: 1e8, onStage: (stage) => stages.push(stage), ...options });
  return { ...answer, stages };
};

test('of the two demo tracks the one made to appeal scores higher, in every part, and says whose model that was', async () => {
  const [better, worse] = [await score('0.wav'), await score('1.wav')];
  expect(better.score).toBeGreaterThan(worse.score + 20);
  expect(better.listeners.percentile).toBeGreaterThan(worse.listeners.percentile);
  expect(better.playsPerListener.percentile).toBeGreaterThan(worse.playsPerListener.percentile);
  expect(better.model).toEqual({ id: (await loadScoreCard()).id, demonstration: true });
  expect(better.hook.end - better.hook.start).toBeCloseTo(30, 3);
  expect(better.stages).toEqual(['listening', 'scoring']);
  expect((await score('0.wav')).score).toBe(better.score);
});

test('the part to be heard can be chosen', async () => {
  expect((await score('0.wav', { hookStart: 5 })).hook).toEqual({ start: 5, end: 35 });
});

test('what is no audio is refused with its reason', async () => {
  await expect(score('notes.txt')).rejects.toMatchObject({ code: 'file-not-audio' });
  await expect(score('nothing.wav')).rejects.toMatchObject({ code: 'file-missing' });
});

test('equal content has an equal hash', async () => {
  await writeFile(join(dir, 'empty'), '');
  expect(await contentHash(join(dir, 'empty'))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
