import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDaily } from '../../src/catalogue/import/daily.ts';
import type { DailyRow } from '../../src/catalogue/import/rows.ts';
import { loadSongs } from '../../src/catalogue/import/songs.ts';
import type { Database } from '../../src/db/client.ts';
import { addDays } from '../../src/forecast/calendar.ts';
import { forecastSong } from '../../src/forecast/forecast-song.ts';
import type { Services } from '../../src/services.ts';
import { testDatabase } from '../db/database.ts';

const LAST_DAY = '2026-06-30';
const ages = (days: number) => addDays(LAST_DAY, 1 - days);

/** Title, days since release, plays of each day since then; undefined: the file has no row of that day. */
type Odd = [title: string, age: number, plays: (day: number) => number | undefined];

const ANSWERED: Odd[] = [
  ['restarted after release', 12, (day) => [900, 500, 200, 50, 5, 0, 0, 4000, 3800, 3500, 3000, 2800][day]],
  ['restarted in its second month', 55, (day) => Math.round(day < 35 ? 900 * 0.85 ** day : 5000 * 0.9 ** (day - 35))],
  ['a spike on its first day', 10, (day) => (day === 0 ? 90_000 : 0)],
  ['a spike later on', 30, (day) => (day === 20 ? 90_000 : 0)],
  ['silent for ten days', 30, (day) => (day < 10 ? 0 : 500)],
  ['with rows missing', 20, (day) => ([2, 3, 9].includes(day) ? undefined : 900 - 20 * day)],
  ['a single play', 10, (day) => (day === 0 ? 1 : 0)],
  ['as large as an import takes', 10, () => 1_000_000_000],
];
const REFUSED: [...Odd, code: string, context: object][] = [
  ['all zero', 20, () => 0, 'song-without-plays', { title: 'all zero' }],
  ['without a row', 10, () => undefined, 'song-without-plays', { title: 'without a row' }],
  ['one day old', 1, () => 700, 'song-too-young', { days: 1, askOn: addDays(LAST_DAY, 3) }],
  ['two days old', 2, () => 700, 'song-too-young', { days: 2, askOn: addDays(LAST_DAY, 2) }],
  ['not out yet', -20, () => undefined, 'song-too-young', { days: 0 }],
];

describe('an odd song of an imported catalogue', () => {
  let db: Database;
  const ask = async (title: string) => {
    const [song] = await db.sql<{ id: number }[]>`select id from song where title = ${title}`;
    return await forecastSong({ db } as Services, { songId: song.id });
  };

  beforeAll(async () => {
    db = await testDatabase();
    const finished = Array.from({ length: 12 }, (_, at): Odd => [`finished ${at}`, 70 + at, (day) => Math.round((300 + 40 * at) * (day + 1) ** -0.5)]);
    const songs = [...finished, ...ANSWERED, ...REFUSED] as Odd[];
    await loadSongs(db, songs.map(([title, age], at) => ({ id: title, title, artist: `artist ${at % 5}`, releaseDate: ages(age) })));
    const rows = songs.flatMap(([title, age, plays]) => Array.from({ length: Math.max(age, 0) }, (_, day): DailyRow & { plays: number | undefined } => ({ song: title, day: addDays(ages(age), day), plays: plays(day) as number })));
    await loadDaily(db, rows.filter((row) => row.plays !== undefined));
  }, 120_000);
  afterAll(async () => await db?.close());

  it.each(ANSWERED.map(([title]) => title))('%s is answered, with finite, ordered numbers that are never negative', async (title) => {
    const { days, total, checkpoints, known } = await ask(title);
    for (const { q10, q50, q90 } of [...days, ...checkpoints, total]) {
      expect(q10).toBeGreaterThanOrEqual(0);
      expect(q50).toBeGreaterThanOrEqual(q10);
      expect(q90).toBeGreaterThanOrEqual(q50);
      expect(Number.isFinite(q90)).toBe(true);
    }
    const counted = known.slice(0, 3).reduce((sum, { plays }) => sum + (plays ?? 0), 0);
    expect(total.q10).toBeGreaterThanOrEqual(counted);
  });

  it.each(REFUSED.map(([title, , , code, context]) => ({ title, code, context })))('$title is refused with $code', async ({ title, code, context }) => {
    await expect(ask(title)).rejects.toMatchObject({ code, context });
  });

  it('a re-release keeps its old plays out of the forecast: only days since the release count', async () => {
    await loadSongs(db, [{ id: 'reissue', title: 'reissue', artist: 'artist 1', releaseDate: ages(8) }]);
    await loadDaily(db, Array.from({ length: 60 }, (_, day): DailyRow => ({ song: 'reissue', day: addDays(ages(60), day), plays: day < 52 ? 50_000 : 400 })), { feed: 'old' });
    const { known } = await ask('reissue');
    expect(known.map(({ plays }) => plays)).toEqual(Array.from({ length: 8 }, () => 400));
  });

  it('days that a whole feed lacks are unknown, and rows that one song lacks are 0 plays', async () => {
    const { known } = await ask('with rows missing');
    expect(known.slice(0, 5).map(({ plays }) => plays)).toEqual([900, 880, 0, 0, 820]);
    await loadSongs(db, [{ id: 'gap', title: 'gap', artist: 'artist 1', releaseDate: ages(20) }]);
    await loadDaily(db, Array.from({ length: 20 }, (_, day): DailyRow => ({ song: 'gap', day: addDays(ages(20), day), plays: 900 })).filter((_, day) => ![2, 3].includes(day)), { feed: 'alone' });
    expect((await ask('gap')).known.slice(0, 5).map(({ plays }) => plays)).toEqual([900, 900, null, null, 900]);
  });
});
