import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importFiles } from '../../../src/catalogue/import/files.ts';
import { loadListeners } from '../../../src/catalogue/import/listeners.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';
import { openTable } from '../../../src/catalogue/import/table.ts';
import { testDatabase } from '../../db/database.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}.parquet`, import.meta.url));

const db = await testDatabase();
afterAll(() => db.close());

beforeAll(async () => {
  await loadSongs(db, ['s1', 's2'].map((id) => ({ id, title: id, artist: 'A' })));
  await loadListeners(db, [{ id: 'u1' }, { id: 'u2' }]);
});

it('reads a Parquet file row group by row group, only the columns that are wanted', async () => {
  const table = await openTable(fixture('plays'));
  expect(table.headers).toEqual(['user_id', 'track_id', 'ts', 'source', 'seconds', 'unused']);
  const records = (await Array.fromAsync(table.records(new Set(['user_id', 'ts', 'seconds'])))).flat();
  expect(records).toEqual([
    { line: 1, fields: ['u1', '', '2026-01-01T15:59:59.000Z', '', '200', ''] },
    { line: 2, fields: ['u2', '', '2026-01-01T16:00:00.000Z', '', '31', ''] },
    { line: 3, fields: ['u1', '', '2026-01-02T03:00:00.000Z', '', '40', ''] },
    { line: 4, fields: ['u2', '', '2026-01-02T04:00:00.000Z', '', '180', ''] },
    { line: 5, fields: ['u1', '', '2026-01-31T16:00:00.000Z', '', '', ''] },
  ]);
  expect(table.bytesRead()).toBe(table.bytes);
});

it('imports plays with instants, and takes times without a zone for the catalogue\'s: both files hold the same plays', async () => {
  const first = await importFiles(db, 'plays', [fixture('plays')], { timeZone: 'Asia/Taipei' });
  expect(first).toMatchObject({ added: 5, rejected: 0, days: { new: 3 } });
  expect(await db.sql`select day, count(*) as n from play group by day order by day`).toEqual([
    { day: '2026-01-01', n: 1 },
    { day: '2026-01-02', n: 3 },
    { day: '2026-02-01', n: 1 },
  ]);
  expect(await importFiles(db, 'plays', [fixture('local-plays')], { timeZone: 'Asia/Taipei' })).toMatchObject({ added: 0, unchanged: 5 });
});

it('imports daily counts with dates, counts written as fractions, and a floor', async () => {
  expect(await importFiles(db, 'daily', [fixture('daily')], { timeZone: 'Asia/Taipei' })).toMatchObject({ added: 3, rejected: 0 });
  expect(await db.sql`select day, plays, floor from song_day where feed = 'main' order by song_id, day`).toEqual([
    { day: '2026-01-01', plays: 98, floor: 50 },
    { day: '2026-01-02', plays: null, floor: 60 },
    { day: '2026-01-01', plays: 7, floor: null },
  ]);
});
