import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoTracks } from '../../src/catalogue/demo/tracks.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-cli-'));
  await writeFile(join(dir, 'demo.wav'), demoTracks()[0].bytes);
});
afterAll(async () => await rm(dir, { recursive: true }));

/** Runs `encore score` where no model was ever learned. */
async function score(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: '', ENCORE_DATA_DIR: join(dir, 'data'), LOCALE: 'en' };
  return await new Promise<{ status: number; out: string; err: string }>((resolve) => {
    const child = execFile(process.execPath, ['src/cli.ts', 'score', ...args], { env }, (_error, out, err) => resolve({ status: child.exitCode ?? -1, out, err }));
  });
}

test('a file is scored without a database, in one document that names the reference of its percentiles', async () => {
  const { status, out } = await score(join(dir, 'demo.wav'), '--json', '--png', join(dir, 'demo.png'));
  expect(status).toBe(0);
  const document: unknown = JSON.parse(out);
  expect(document).toMatchObject({
    score: expect.any(Number),
    interval: { low: expect.any(Number), high: expect.any(Number) },
    listeners: { value: expect.any(Number), percentile: expect.any(Number), low: expect.any(Number), high: expect.any(Number) },
    occlusion: { time: expect.any(Array), frequency: expect.any(Array) },
    nearest: [{ title: expect.any(String) }, {}, {}, {}, {}],
    level: { lufs: expect.any(Number) },
    notice: expect.stringContaining('says nothing about real listeners'),
    reference: { dataDate: expect.any(String), words: expect.stringContaining('invented songs') },
  });
  const { moved, occlusion: { time, frequency } } = document as { moved: string; occlusion: { time: number[]; frequency: number[] } };
  const percents = [...time, ...frequency].map((effect) => Math.round(100 * effect));
  const said = Array.from(moved.matchAll(/with it (\d+)% (more|fewer)/g), ([, percent, way]) => (way === 'more' ? 1 : -1) * Number(percent));
  expect(said.length).toBeGreaterThan(0);
  expect(percents).toEqual(expect.arrayContaining(said));
  for (const picture of ['demo.png', 'demo-why.png']) expect((await readFile(join(dir, picture))).subarray(1, 4).toString()).toBe('PNG');
  expect(await readdir(dir)).not.toContain('data');
}, 60_000);

test('a picture that has nowhere to go is bad input, told in words', async () => {
  const { status, err } = await score(join(dir, 'demo.wav'), '--png', join(dir, 'no', 'such', 'folder.png'));
  expect(status).toBe(2);
  expect(err).toContain('can’t be written');
  expect(err).not.toContain('    at ');
}, 60_000);

test('the hook can be put elsewhere, but not beside the recording', async () => {
  const { out } = await score(join(dir, 'demo.wav'), '--hook', '0:20', '--json');
  expect(JSON.parse(out)).toMatchObject({ hook: { start: 20, end: 50 } });
  const beside = await score(join(dir, 'demo.wav'), '--hook', '59:00');
  expect(beside.status).toBe(2);
  expect(beside.err).toContain('start at 3,540 s');
  const wrong = await score(join(dir, 'demo.wav'), '--hook', 'chorus');
  expect(wrong.status).not.toBe(0);
  expect(wrong.err).toContain('must be a time such as 1:05');
}, 60_000);

test('several files are scored, compared, and told in one document and one more picture; what cannot be scored is left out', async () => {
  await writeFile(join(dir, 'second.wav'), demoTracks()[1].bytes);
  const files = ['demo.wav', 'second.wav', 'missing.wav'].map((name) => join(dir, name));
  const { status, out } = await score(...files, '--json', '--png', join(dir, 'several.png'));
  expect(status).toBe(2);
  const { scores, shootOut } = JSON.parse(out) as { scores: { error?: { code: string } }[]; shootOut: { files: string[]; leadSingle: { best: string; beats: number[][] } } };
  expect(scores.map(({ error }) => error?.code)).toEqual([undefined, undefined, 'file-not-found']);
  expect(shootOut.files.toSorted()).toEqual(files.slice(0, 2));
  expect(shootOut.leadSingle.best).toBe(shootOut.files[0]);
  expect(shootOut.leadSingle.beats[0]?.[1]).toBeGreaterThanOrEqual(0.5);
  expect(await readdir(dir)).toEqual(expect.arrayContaining(['several.png', 'several-1.png', 'several-2.png']));
}, 60_000);

test('a reader is told who leads after the scores, and that a file given twice is not compared with itself', async () => {
  const several = await score(join(dir, 'demo.wav'), join(dir, 'second.wav'));
  for (const part of ['Shoot-out of 2 demos', 'Lead single:', 'Video:', 'beats:']) expect(several.out).toContain(part);
  const twice = await score(join(dir, 'demo.wav'), join(dir, 'demo.wav'));
  expect([twice.status, twice.err.includes('given twice')]).toEqual([2, true]);
}, 60_000);
