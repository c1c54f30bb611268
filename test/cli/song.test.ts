import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Database } from '../../src/db/client.ts';
import { testDatabase } from '../db/database.ts';
import { loadSmallCatalogue } from '../e2e/slack/catalogue.ts';

vi.setConfig({ testTimeout: 60_000 });
let db: Database;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-cli-'));
  db = await testDatabase();
  await loadSmallCatalogue(db);
}, 60_000);
afterAll(async () => {
  await db.close();
  await rm(dir, { recursive: true });
});

async function encore(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: db.url, ENCORE_DATA_DIR: dir, LOCALE: 'en' };
  return await new Promise<{ status: number; out: string; err: string }>((resolve) => {
    const child = execFile(process.execPath, ['src/cli.ts', ...args], { env }, (_error, out, err) => resolve({ status: child.exitCode ?? -1, out, err }));
  });
}

test.each(['forecast', 'similar'])('%s tells a program which songs an unclear title may mean, and that an unknown one means none', async (command) => {
  const unclear = await encore(command, 'Same Name', '--json');
  expect(unclear.status).toBe(2);
  const { error } = JSON.parse(unclear.out) as { error: { code: string; message: string; choices: { id: string; title: string; artist: string }[] } };
  expect(error).toMatchObject({ code: 'song-unclear', message: expect.stringContaining('twin-a') });
  expect(error.choices.slice(0, 2).map(({ id, title }) => [id, title]).toSorted()).toEqual([['twin-a', 'Same Name'], ['twin-b', 'Same Name']]);
  const unknown = await encore(command, '沒有這首歌', '--json');
  expect([unknown.status, JSON.parse(unknown.out)]).toEqual([2, { error: { code: 'song-not-found', message: expect.stringContaining('沒有這首歌'), choices: [] } }]);
});

test('without --json nothing goes to stdout when a title is unclear', async () => {
  const { status, out, err } = await encore('forecast', 'Same Name');
  expect([status, out]).toEqual([2, '']);
  expect(err).toContain('twin-b');
});

test('a forecast says why, what is alike, how right such forecasts were, and whose model it is', async () => {
  const { status, out } = await encore('forecast', '海邊的錄音機', '--at', '3');
  expect(status).toBe(0);
  for (const part of ['by day 60:', 'Why: what moves', 'Songs that began like it', 'Record: No forecast made on day 3', 'The model is the one that comes with Encore']) expect(out).toContain(part);
  expect(out).not.toMatch(/[*_]/);
});

test('an empty record is a sentence for each day, and no picture', async () => {
  const { status, out } = await encore('record', '--origin', '7', '--png', join(dir, 'record.png'));
  expect(status).toBe(0);
  expect(out.split('\n').slice(0, 2)).toEqual(['No forecast made on day 7 has come due yet: each is checked as its days arrive.', 'A picture comes once 3 forecasts from at least two weeks have been checked.']);
  await expect(readFile(join(dir, 'record.png'))).rejects.toThrow('ENOENT');
});
