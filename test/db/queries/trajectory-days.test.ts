import { afterAll, expect, it } from 'vitest';
import { loadDaily } from '../../../src/catalogue/import/daily.ts';
import { loadListeners } from '../../../src/catalogue/import/listeners.ts';
import { loadPlays } from '../../../src/catalogue/import/plays.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';
import { chartShareOfSong } from '../../../src/db/queries/trajectory-chart-share.ts';
import { trajectoryDays } from '../../../src/db/queries/trajectory-days.ts';
import { testDatabase } from '../database.ts';

const db = await testDatabase();
afterAll(() => db.close());

const RELEASE = '2026-01-01';
const counts = [5, 6, 7].map((plays, day) => ({ song: 's1', day: `2026-01-0${day + 1}`, plays }));

it('a day of a song that was imported as a count and as plays is counted once: its plays', async () => {
  await loadSongs(db, [{ id: 's1', title: 'One', artist: 'A', releaseDate: RELEASE }]);
  await loadListeners(db, [{ id: 'u1' }]);
  const [song] = await db.sql<{ id: number }[]>`select id from song`;
  const id = song?.id ?? 0;
  const plays = async () => (await trajectoryDays(db.sql, [{ id, releaseDate: RELEASE }]))[0]?.plays;

  await loadDaily(db, counts);
  await loadDaily(db, [{ song: 's1', day: '2026-01-03', source: 'chart', plays: 1 }], { feed: 'chart' });
  expect(await plays()).toEqual([5, 6, 8]);
  await loadPlays(db, [10, 11].map((hour) => ({ listener: 'u1', song: 's1', playedAt: `2026-01-02T${hour}:00:00Z` })), { timeZone: 'UTC' });
  expect(await plays()).toEqual([5, 2, 8]);
  await loadDaily(db, counts.map((row) => ({ ...row, plays: row.plays + 1 })));
  expect(await plays()).toEqual([6, 2, 9]);
  expect(await chartShareOfSong(db.sql, id, RELEASE)).toEqual([{ day: 0, chart: 0, rest: 6 }, { day: 1, chart: 0, rest: 2 }, { day: 2, chart: 1, rest: 8 }]);
});

it('a song that a chart feed carries is charted, whether or not a floor of its own is known; corrected floors count', async () => {
  await loadSongs(db, ['c1', 'c2', 'c3'].map((id) => ({ id, title: id, artist: 'B', releaseDate: RELEASE })));
  const songs = (await db.sql<{ id: number }[]>`select id from song where external_id like 'c%' order by external_id`).map(({ id }) => ({ id, releaseDate: RELEASE }));
  const charted = async () => (await trajectoryDays(db.sql, songs)).toSorted((a, b) => a.songId - b.songId).map((row) => row.charted);
  const row = (song: string, floor?: number) => ({ song, day: '2026-01-02', plays: 5, ...(floor && { floor }) });

  await loadDaily(db, [row('c1'), row('c2')], { feed: 'ranks' });
  await loadDaily(db, [row('c3')], { feed: 'counts' });
  expect(await charted()).toEqual([false, false, false]);
  await loadDaily(db, [row('c1', 3)], { feed: 'ranks' });
  expect(await charted()).toEqual([true, true, false]);
  await loadDaily(db, [row('c1')], { feed: 'ranks' });
  expect(await charted()).toEqual([false, false, false]);
});
