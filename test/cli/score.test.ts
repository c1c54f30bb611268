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

/** Runs `encore score` where no database answers. */
async function score(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: 'postgres://127.0.0.1:1/none', ENCORE_DATA_DIR: join(dir, 'data'), LOCALE: 'en' };
  return await new Promise<{ status: number; out: string; err: string }>((resolve) => {
    const child = execFile(process.execPath, ['src/cli.ts', 'score', ...args], { env }, (_error, out, err) => resolve({ status: child.exitCode ?? -1, out, err }));
  });
}

test('a file is scored without a database, in one document that names the reference of its percentiles', async () => {
  const { status, out } = await score(join(dir, 'demo.wav'), '--json', '--png', join(dir, 'demo.png'));
  expect(status).toBe(0);
  const document: unknown = JSON.parse(out);
  expect(document).toMatchObject({ score: expect.any(Number), reference: { source: expect.stringContaining('demo catalogue'), songs: expect.any(Number) } });
  expect(document).toHaveProperty('reference.dataDate');
  expect((await readFile(join(dir, 'demo.png'))).subarray(1, 4).toString()).toBe('PNG');
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
