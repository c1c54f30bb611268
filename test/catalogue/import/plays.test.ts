import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadListeners } from '../../../src/catalogue/import/listeners.ts';
import { loadPlays } from '../../../src/catalogue/import/plays.ts';
import type { LoadOptions, PlayRow } from '../../../src/catalogue/import/rows.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';
import { dataDate } from '../../../src/db/queries/data-date.ts';
import { testDatabase } from '../../db/database.ts';

const db = await testDatabase();
afterAll(() => db.close());

beforeAll(async () => {
  await loadSongs(db, ['s1', 's2'].map((id) => ({ id, title: id, artist: 'A' })));
  await loadListeners(db, [{ id: 'u1' }, { id: 'u2' }]);
});
beforeEach(async () => {
  await db.sql`truncate song_day, ingest_day, play`;
});

const load = async (rows: PlayRow[], options: Partial<LoadOptions> = {}) => await loadPlays(db, rows, { timeZone: 'Asia/Taipei', ...options });
const play = (playedAt: string, more: Partial<PlayRow> = {}): PlayRow => ({ listener: 'u1', song: 's1', playedAt, ...more });
const rolledUp = async () =>
  (await db.sql`select s.external_id as song, d.day, d.source, d.feed, d.plays from song_day d join song s on s.id = d.song_id order by 1, 2, 3`).map((row) => Object.values(row).join(' '));

describe('a play belongs to', () => {
  it('the calendar day of the catalogue, whatever offset it was written with', async () => {
    await load([play('2026-01-01T15:59:59Z'), play('2026-01-01T16:00:00Z'), play('2026-01-02T00:00:00'), play('2026-01-01T12:30:00-04:00')]);
    expect(await db.sql`select day, count(*) as n from play group by day order by day`).toEqual([{ day: '2026-01-01', n: 1 }, { day: '2026-01-02', n: 3 }]);
    expect(await dataDate(db)).toBe('2026-01-02');
  });

  it('a partition of its month', async () => {
    await load([play('2025-12-31 23:00'), play('2026-01-01 00:00'), play('2024-02-29 10:00')]);
    expect((await db.sql`select distinct tableoid::regclass::text as partition from play order by 1`).map(({ partition }) => String(partition))).toEqual(['play_2024_02', 'play_2025_12', 'play_2026_01']);
  });
});

describe('plays are counted', () => {
  it('by song, day and source, in the transaction that brings them', async () => {
    await load([play('2026-01-01 10:00', { source: 'chart' }), play('2026-01-01 11:00', { source: 'chart' }), play('2026-01-01 12:00', { source: 'search' }), play('2026-01-02 10:00', { song: 's2' })]);
    expect(await rolledUp()).toEqual(['s1 2026-01-01 chart  2', 's1 2026-01-01 search  1', 's2 2026-01-02 other  1']);
  });

  it('from 30 seconds on, or from what is asked for; a length that is not known counts', async () => {
    const rows = [play('2026-01-01 10:00', { seconds: 29 }), play('2026-01-01 11:00', { seconds: 30 }), play('2026-01-01 12:00')];
    expect(await load(rows)).toMatchObject({ rows: 3, added: 2, short: 1, rejected: 0 });
    expect(await load(rows, { minSeconds: 0 })).toMatchObject({ replaced: 3, short: 0, days: { replaced: 1 } });
    expect(await rolledUp()).toEqual(['s1 2026-01-01 other  3']);
  });

  it('not if their song or listener is unknown', async () => {
    const summary = await load([play('2026-01-01 10:00'), play('2026-01-01 10:00', { song: 'x' }), play('2026-01-01 10:00', { listener: 'y' })]);
    expect(summary).toMatchObject({ added: 1, rejected: 2, rejections: [{ file: null, line: 2, reason: 'unknown-song', value: 'x' }, { file: null, line: 3, reason: 'unknown-listener', value: 'y' }] });
  });
});

describe('a day that comes again', () => {
  const first = [play('2026-01-01 10:00'), play('2026-01-01 11:00', { listener: 'u2' }), play('2026-01-02 10:00')];

  it('with the same plays in another order changes nothing', async () => {
    await load(first);
    const before = await db.sql`select ctid, xmin from play union all select ctid, xmin from song_day union all select ctid, xmin from ingest_day`;
    expect(await load(first.toReversed())).toMatchObject({ added: 0, replaced: 0, unchanged: 3, days: { new: 0, unchanged: 2, replaced: 0 } });
    expect(await db.sql`select ctid, xmin from play union all select ctid, xmin from song_day union all select ctid, xmin from ingest_day`).toEqual(before);
  });

  it('corrected replaces the old one and its counts, and leaves other days alone', async () => {
    await load(first);
    const corrected = [play('2026-01-01 10:00', { source: 'chart' }), play('2026-01-01 11:00', { song: 's2' }), play('2026-01-01 11:30', { song: 's2' })];
    expect(await load(corrected)).toMatchObject({ added: 0, replaced: 3, days: { replaced: 1 } });
    expect(await rolledUp()).toEqual(['s1 2026-01-01 chart  1', 's1 2026-01-02 other  1', 's2 2026-01-01 other  2']);
  });

  it('with other plays altogether replaces it if the rows are said to be whole days', async () => {
    await load(first);
    const other = [play('2026-01-01 09:00', { song: 's2' })];
    await expect(load(other)).rejects.toMatchObject({ code: 'import-day-part', context: { day: '2026-01-01', before: 2, missing: 2, days: 1, zone: 'Asia/Taipei' } });
    expect(await rolledUp()).toEqual(['s1 2026-01-01 other  2', 's1 2026-01-02 other  1']);
    expect(await load(other, { wholeDays: true })).toMatchObject({ replaced: 1, shrunk: [{ day: '2026-01-01', before: 2, missing: 2 }] });
  });

  it('without more than a tenth of its plays is pointed out', async () => {
    const day = Array.from({ length: 10 }, (_, hour) => play(`2026-01-01 0${hour}:00`));
    await load(day);
    expect((await load(day.filter((_, hour) => hour !== 4))).shrunk).toEqual([]);
    await load(day);
    expect((await load(day.filter((_, hour) => hour !== 4 && hour !== 5))).shrunk).toEqual([{ day: '2026-01-01', before: 10, missing: 2 }]);
  });

  it('from another feed adds to it', async () => {
    await load(first);
    expect(await load([play('2026-01-01 10:00')], { feed: 'partner' })).toMatchObject({ added: 1, days: { new: 1 } });
    expect(await rolledUp()).toEqual(['s1 2026-01-01 other  3', 's1 2026-01-02 other  1']);
    await load([play('2026-01-01 10:00')]);
    expect(await rolledUp()).toEqual(['s1 2026-01-01 other  2', 's1 2026-01-02 other  1']);
  });
});

describe('files cut by the days of UTC, a play an hour', () => {
  const hours = (...days: number[]) => days.flatMap((day) => Array.from({ length: 24 }, (_, hour) => play(`2026-01-0${day}T${String(hour).padStart(2, '0')}:00:00Z`)));
  const daily = async () => (await db.sql`select day, count(*) as n from play group by day order by day`).map(({ day, n }) => `${day} ${n}`);
  const WHOLE = ['2026-01-01 16', '2026-01-02 24', '2026-01-03 24', '2026-01-04 8'];

  it('are refused one after the other, and nothing of them is applied', async () => {
    await load(hours(1));
    await expect(load(hours(2))).rejects.toMatchObject({ code: 'import-day-part', context: { day: '2026-01-02', before: 8, missing: 8 } });
    expect(await daily()).toEqual(['2026-01-01 16', '2026-01-02 8']);
  });

  it('are complete in one command, also after the first of them', async () => {
    await load(hours(1));
    await load(hours(1, 2, 3));
    expect(await daily()).toEqual(WHOLE);
    expect(await load(hours(1, 2, 3))).toMatchObject({ unchanged: 72, days: { unchanged: 4 } });
  });

  it('are refused if a day that is known lacks its first hours', async () => {
    await load(hours(1, 2, 3));
    await expect(load(hours(3, 4))).rejects.toMatchObject({ code: 'import-day-part', context: { day: '2026-01-03', before: 24, missing: 8, days: 1 } });
    await expect(load(hours(2))).rejects.toMatchObject({ context: { days: 2 } });
    expect(await daily()).toEqual(WHOLE);
  });

  it('are complete one after the other if each is a feed', async () => {
    for (const day of [1, 3, 2, 3]) await load(hours(day), { feed: `2026-01-0${day}` });
    expect(await daily()).toEqual(WHOLE);
    expect(await rolledUp()).toEqual(WHOLE.map((line) => `s1 ${line.replace(' ', ' other  ')}`));
  });
});
