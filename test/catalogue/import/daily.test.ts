import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadDaily } from '../../../src/catalogue/import/daily.ts';
import type { DailyRow } from '../../../src/catalogue/import/rows.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';
import { testDatabase } from '../../db/database.ts';

const db = await testDatabase();
afterAll(() => db.close());

beforeAll(async () => {
  await loadSongs(db, ['s1', 's2', 's3'].map((id) => ({ id, title: id, artist: 'A' })));
});
beforeEach(async () => {
  await db.sql`truncate song_day, ingest_day`;
});

const DAY = '2026-01-01';
const row = (song: string, plays: number | null, more: Partial<DailyRow> = {}): DailyRow => ({ song, day: DAY, plays, ...more });
const stored = async () =>
  (await db.sql`select s.external_id as song, d.day, d.source, d.feed, d.plays, d.floor from song_day d join song s on s.id = d.song_id order by 4, 1, 2, 3`).map((one) => Object.values(one).join(' '));
const noted = async () => await db.sql`select day, rows from ingest_day where feed = 'main' order by day`;

describe('daily counts', () => {
  it('keep a censored day as one: no plays, but a floor', async () => {
    await loadDaily(db, [row('s1', 5, { floor: 3 }), row('s2', null, { floor: 3 }), row('s3', 0)]);
    expect(await stored()).toEqual(['s1 2026-01-01 other main 5 3', 's2 2026-01-01 other main  3', 's3 2026-01-01 other main 0 ']);
  });

  it('take the first of two rows that contradict each other, and one of two that agree', async () => {
    expect(await loadDaily(db, [row('s1', 5), row('s1', 5), row('s1', 6), row('s1', 6, { source: 'chart' })])).toMatchObject({
      added: 2, repeated: 1, rejected: 1, rejections: [{ line: 3, reason: 'conflict', value: 's1 2026-01-01 other' }],
    });
    expect(await stored()).toEqual(['s1 2026-01-01 chart main 6 ', 's1 2026-01-01 other main 5 ']);
  });
});

describe('a day of counts that comes again', () => {
  const first = [row('s1', 5), row('s2', 7, { source: 'chart' }), row('s2', 2, { source: 'search' })];
  beforeEach(async () => {
    await loadDaily(db, first);
  });

  it('with the same counts, whole or in part, changes nothing', async () => {
    expect(await loadDaily(db, first.toReversed())).toMatchObject({ added: 0, replaced: 0, unchanged: 3, days: { new: 0, unchanged: 1, replaced: 0 } });
    expect(await loadDaily(db, [row('s1', 5)])).toMatchObject({ added: 0, replaced: 0, unchanged: 1, days: { new: 0, unchanged: 1, replaced: 0 } });
    expect(await noted()).toEqual([{ day: DAY, rows: 3 }]);
  });

  it('with other songs adds them and erases none', async () => {
    expect(await loadDaily(db, [row('s3', 1)])).toMatchObject({ added: 1, replaced: 0, days: { new: 0, replaced: 1 } });
    expect(await stored()).toEqual(['s1 2026-01-01 other main 5 ', 's2 2026-01-01 chart main 7 ', 's2 2026-01-01 search main 2 ', 's3 2026-01-01 other main 1 ']);
    expect(await noted()).toEqual([{ day: DAY, rows: 4 }]);
    expect(await loadDaily(db, [...first, row('s3', 1)])).toMatchObject({ days: { unchanged: 1 } });
  });

  it('corrected replaces all of that song\'s day, a source that is gone too', async () => {
    expect(await loadDaily(db, [row('s2', 8, { source: 'chart' }), row('s1', 5)])).toMatchObject({ added: 0, replaced: 1, unchanged: 1, days: { replaced: 1 } });
    expect(await stored()).toEqual(['s1 2026-01-01 other main 5 ', 's2 2026-01-01 chart main 8 ']);
    expect(await noted()).toEqual([{ day: DAY, rows: 2 }]);
  });

  it('without one of a song\'s sources takes that source away', async () => {
    expect(await loadDaily(db, [row('s2', 7, { source: 'chart' })])).toMatchObject({ added: 0, replaced: 0, unchanged: 1, days: { replaced: 1 } });
    expect(await stored()).toEqual(['s1 2026-01-01 other main 5 ', 's2 2026-01-01 chart main 7 ']);
  });

  it('turns a censored day into a counted one and back', async () => {
    await loadDaily(db, [row('s1', null, { floor: 4 })]);
    expect((await stored())[0]).toBe('s1 2026-01-01 other main  4');
    await loadDaily(db, [row('s1', 5)]);
    expect((await stored())[0]).toBe('s1 2026-01-01 other main 5 ');
  });

  it('from another feed stands beside it, except for what is counted already', async () => {
    const rows = [row('s1', 9), row('s1', 4, { source: 'chart' }), row('s3', 9)];
    const refused = { line: 1, reason: 'other-feed', value: 's1 2026-01-01 other (main)' };
    expect(await loadDaily(db, rows, { feed: 'partner' })).toMatchObject({ added: 2, rejected: 1, rejections: [refused] });
    expect((await stored()).filter((line) => line.includes('partner'))).toEqual(['s1 2026-01-01 chart partner 4 ', 's3 2026-01-01 other partner 9 ']);
    expect(await loadDaily(db, rows, { feed: 'partner' })).toMatchObject({ unchanged: 2, rejected: 1 });
    expect(await loadDaily(db, first)).toMatchObject({ unchanged: 3, rejected: 0 });
    await expect(loadDaily(db, [row('s1', 9)], { feed: ' ' })).rejects.toMatchObject({ code: 'import-feed' });
  });
});
