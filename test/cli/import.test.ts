import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import { loadSongs } from '../../src/catalogue/import/songs.ts';
import { rejectsPath } from '../../src/cli/rejects-path.ts';
import { testDatabase } from '../db/database.ts';

vi.setConfig({ testTimeout: 60_000 }); // each command is a process of its own

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'encore-cli-'));
const db = await testDatabase();
await loadSongs(db, [{ id: 's1', title: 'One', artist: 'A' }]);
await writeFile(join(folder, 'daily.csv'), 'song,day,plays\ns1,2026-01-01,5\ns1,2026-01-02,-3\nnobody,2026-01-01,3\n');
afterAll(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

type Ended = { status: number; stdout: string; stderr: string };
const importDaily = async (args: string[], locale: string): Promise<Ended> =>
  await new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: db.url, LOCALE: locale };
    execFile(process.execPath, [CLI, 'import', 'daily', ...args], { cwd: folder, env }, (error, stdout, stderr) => resolve({ status: Number(error?.code ?? 0), stdout, stderr }));
  });

it('a strict import that is refused says why in words, in either language, and writes no file', async () => {
  const english = await importDaily(['--strict', 'daily.csv'], 'en');
  expect(english).toMatchObject({ status: 2, stdout: '' });
  expect(english.stderr.split('\n')).toEqual([
    'daily.csv:3: "-3" is no count of plays (0 to 1,000,000,000)',
    'daily.csv:4: song nobody is not in the catalogue; import songs first',
    expect.stringMatching(/^Nothing was imported: 2 rows are bad\./),
    '',
  ]);
  const chinese = await importDaily(['--strict', 'daily.csv'], 'zh-TW');
  expect(chinese.stderr).toMatch(/^daily\.csv:3: .*\p{Script=Han}.*\n.*\p{Script=Han}.*\n未匯入任何資料：有 2 列錯誤/u);
  expect(chinese.stderr).not.toMatch(/bad-count|unknown-song/);
  expect(await readdir(folder)).toEqual(['daily.csv']);
});

it('a summary names what happened and leaves out what did not, in either language', async () => {
  await writeFile(join(folder, 'mixed.csv'), 'song,day,plays\ns1,2026-02-01,5\ns1,2026-02-02,-3\nnobody,2026-02-01,3\nsomeone,2026-02-01,3\ns1,2026-02-04,8\n');
  const english = await importDaily([join(folder, 'mixed.csv'), '--rejects', 'r.csv', '--feed', 'a'], 'en');
  expect(english.stdout.split('\n')).toEqual([
    expect.stringMatching(/^5 rows read in [\d.]+ s: 2 added, 3 rejected\.$/),
    'Days: 2 new.',
    expect.stringContaining('2 days are missing between 1 Feb 2026 and 4 Feb 2026, the first of them 2 Feb 2026.'),
    `${join(folder, 'mixed.csv')}:3: "-3" is no count of plays (0 to 1,000,000,000)`,
    `${join(folder, 'mixed.csv')}:4: song nobody is not in the catalogue; import songs first (and 1 more row for this reason)`,
    'Rejected rows are in r.csv.',
    '',
  ]);
  const chinese = await importDaily([join(folder, 'mixed.csv'), '--rejects', 'r.csv', '--feed', 'a'], 'zh-TW');
  expect(chinese.stdout).toMatch(/^讀取 5 列，費時 [\d.]+ 秒：不變 2、拒收 3。\n日期：不變 2。\n/);
  expect(chinese.stdout).not.toMatch(/[a-z]-[a-z]+(?=。)|added|Days/);
  await rm(join(folder, 'mixed.csv'));
  await rm(join(folder, 'r.csv'));
});

it('bad rows go beside the first file unless told otherwise', async () => {
  const { status, stdout } = await importDaily([join(folder, 'daily.csv')], 'en');
  expect(status).toBe(0);
  expect(stdout).toContain(`Rejected rows are in ${join(folder, 'daily.csv.rejects.csv')}.`);
  expect((await readFile(join(folder, 'daily.csv.rejects.csv'), 'utf8')).split('\n')).toHaveLength(4);
});

it('bad rows go to the current folder where the file’s own can not be written', async () => {
  expect(await rejectsPath(join(folder, 'daily.csv'))).toBe(join(folder, 'daily.csv.rejects.csv'));
  expect(await rejectsPath(join(folder, 'gone', 'daily.csv'))).toBe('daily.csv.rejects.csv');
});
