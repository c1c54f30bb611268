import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-hook-'));
});
afterAll(async () => await rm(dir, { recursive: true }));

const train = async (...args: string[]) =>
  await new Promise<{ status: number; err: string }>((resolve) => {
    const child = execFile(process.execPath, ['src/cli.ts', 'train', 'hook', ...args], { env: { ...process.env, LOCALE: 'en' } }, (_error, _out, err) => resolve({ status: child.exitCode ?? -1, err }));
  });

test('a folder without labelled songs is told, and the shipped weights stay', async () => {
  const before = await readFile('models/hook.json');
  const none = await train(dir);
  expect(none).toMatchObject({ status: 2, err: expect.stringContaining('chroma.u8') });
  await writeFile(join(dir, 'chroma.u8'), '');
  await writeFile(join(dir, 'index.csv'), 'id,first_row,rows,scale,fps\n');
  await writeFile(join(dir, 'sections.csv'), 'id,start,end,name,letter\n');
  const empty = await train(dir);
  expect(empty).toMatchObject({ status: 2, err: expect.stringContaining('at least 8 are needed') });
  expect(await readFile('models/hook.json')).toEqual(before);
}, 60_000);
