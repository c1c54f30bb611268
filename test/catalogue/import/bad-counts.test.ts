import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { importFiles } from '../../../src/catalogue/import/files.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';
import { testDatabase } from '../../db/database.ts';

const db = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'encore-bad-'));
await loadSongs(db, [{ id: 's1', title: 'One', artist: 'A' }]);
afterAll(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await db.sql`truncate song_day, ingest_day`;
});

const daily = async (...rows: string[]) => {
  const path = join(folder, 'daily.csv');
  await writeFile(path, `song,day,plays,floor\n${rows.join('\n')}\n`);
  return await importFiles(db, 'daily', [path], { timeZone: 'Asia/Taipei' });
};
const stored = async () => (await db.sql`select day, plays, floor from song_day order by day`).map((row) => Object.values(row).join(' '));

describe('a daily count', () => {
  it.each([
    ['1000000000000000', 'bad-count'],
    ['1000000001', 'bad-count'],
    ['-3', 'bad-count'],
    ['-0.0', 'bad-count'],
    ['1e400', 'bad-count'],
    ['1e3', 'bad-count'],
    ['Infinity', 'bad-count'],
    ['5.5', 'bad-count'],
    ['"1,234"', 'bad-count'],
    ['0x10', 'bad-count'],
    ['many', 'bad-count'],
    ['NaN', 'no-plays-no-floor'],
    ['', 'no-plays-no-floor'],
  ])('of %s is refused with its reason, and the next row is taken', async (plays, reason) => {
    const summary = await daily(`s1,2026-01-01,${plays},`, 's1,2026-01-02,7,');
    expect(summary).toMatchObject({ added: 1, rejected: 1, rejections: [{ line: 2, reason, count: 1 }] });
    expect(await stored()).toEqual(['2026-01-02 7 ']);
  });

  it('of 0 and of a thousand million are taken: both can be', async () => {
    expect(await daily('s1,2026-01-01,0,', 's1,2026-01-02,1000000000,', 's1,2026-01-03,98.0,')).toMatchObject({ added: 3, rejected: 0 });
  });

  it.each(['-1', '1e400', '1000000000000000'])('with a floor of %s is refused', async (floor) => {
    expect(await daily(`s1,2026-01-01,,${floor}`)).toMatchObject({ added: 0, rejections: [{ reason: 'bad-count' }] });
  });

  it.each(['2026-02-30', '2999-01-01', '1999-12-31', '01/02/2026', 'yesterday'])('on %s is refused: there is no such day of plays', async (day) => {
    expect(await daily(`s1,${day},5,`)).toMatchObject({ added: 0, rejected: 1 });
    expect(await stored()).toEqual([]);
  });
});

describe('a day that stands in a file twice', () => {
  it('with another count keeps the first and refuses the second', async () => {
    const summary = await daily('s1,2026-01-01,5,', 's1,2026-01-01,6,', 's1,2026-01-01,9,');
    expect(summary).toMatchObject({ added: 1, repeated: 0, rejected: 2, rejections: [{ line: 3, reason: 'conflict', value: 's1 2026-01-01 other', count: 2 }] });
    expect(await stored()).toEqual(['2026-01-01 5 ']);
  });

  it('with the same count is one day', async () => {
    expect(await daily('s1,2026-01-01,5,', 's1,2026-01-01,5,')).toMatchObject({ added: 1, repeated: 1, rejected: 0 });
  });
});

describe('a gap in what a feed has delivered', () => {
  it('is told, with the first missing day, until the day comes', async () => {
    expect(await daily('s1,2026-01-01,5,', 's1,2026-01-02,5,')).toMatchObject({ gaps: null });
    expect(await daily('s1,2026-01-05,5,')).toMatchObject({ rejected: 0, gaps: { days: 2, first: '2026-01-03', from: '2026-01-01', to: '2026-01-05' } });
    expect(await daily('s1,2026-01-03,5,', 's1,2026-01-04,0,')).toMatchObject({ gaps: null });
  });
});
