import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { importFiles } from '../../../src/catalogue/import/files.ts';
import { testDatabase } from '../../db/database.ts';

const SHARED = fileURLToPath(new URL('../../../../shared/data/plays/', import.meta.url));
const there = existsSync(SHARED);
const ZONE = { timeZone: 'Asia/Taipei' };

/** Real public sets, which may not be copied into the project; skipped where they are absent. */
describe.skipIf(!there)('real sets', () => {
  it('complete daily counts with release dates, twice', async () => {
    const db = await testDatabase();
    afterAll(() => db.close());
    const [songs, daily] = ['songs', 'song_daily'].map((name) => [`${SHARED}xiami_song_daily_2015/${name}.csv.gz`]) as [string[], string[]];
    const first = await importFiles(db, 'songs', songs, { ...ZONE, strict: true });
    expect(first.added).toBe(first.rows);
    const counts = await importFiles(db, 'daily', daily, { ...ZONE, strict: true });
    expect(counts).toMatchObject({ added: counts.rows, rejected: 0, days: { new: 183, unchanged: 0, replaced: 0 } });
    expect(await importFiles(db, 'daily', daily, { ...ZONE, strict: true })).toMatchObject({ added: 0, replaced: 0, unchanged: counts.rows, days: { new: 0, unchanged: 183, replaced: 0 } });
    const [stored] = await db.sql`select count(*) as rows, count(distinct day) as days, min(day) as first, max(day) as last from song_day`;
    expect(stored).toEqual({ rows: counts.rows, days: 183, first: '2015-03-01', last: '2015-08-30' });
  }, 120_000);

  it('chart entries with their floor, songs and counts out of one file', async () => {
    const db = await testDatabase();
    afterAll(() => db.close());
    const entries = [`${SHARED}spotify_daily_top100_2019h1/entries_60d.csv.gz`];
    const songs = await importFiles(db, 'songs', entries, { ...ZONE, strict: true, columns: { id: 'entry_id', title: 'track_id', artist: 'region', releaseDate: 'entry_date' } });
    expect(songs.added * 60).toBe(songs.rows);
    const counts = await importFiles(db, 'daily', entries, { ...ZONE, strict: true, columns: { song: 'entry_id', plays: 'streams', floor: 'floor_rank100' } });
    expect(counts).toMatchObject({ added: counts.rows, rejected: 0 });
    const [entry] = await db.sql`select d.plays, d.floor from song_day d join song s on s.id = d.song_id where s.external_id = '1' and d.day = '2019-03-31'`;
    expect(entry).toEqual({ plays: 41_166, floor: 41_037 });
    const [censored] = await db.sql`select count(*) filter (where plays is null) > 0 as some, bool_and(floor is not null) as floors from song_day`;
    expect(censored).toEqual({ some: true, floors: true });
  }, 120_000);
});
