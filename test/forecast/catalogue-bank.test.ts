import { afterAll, expect, it } from 'vitest';
import { loadDaily } from '../../src/catalogue/import/daily.ts';
import { loadSongs } from '../../src/catalogue/import/songs.ts';
import { addDays } from '../../src/forecast/calendar.ts';
import { catalogueBank } from '../../src/forecast/catalogue-bank.ts';
import { testDatabase } from '../db/database.ts';

const db = await testDatabase();
afterAll(() => db.close());

const FIRST_DAY = '2026-01-01';
const days = (song: string, more: object = {}) => Array.from({ length: 70 }, (_, day) => ({ song, day: addDays(FIRST_DAY, day), plays: 100 - day, ...more }));
const bank = async () => await catalogueBank({ db });

it('songs imported again with another release date or artist are read anew; the same songs again are not', async () => {
  const songs = (releaseDate: string, artist: string) => [{ id: 's1', title: 'One', artist, releaseDate }];
  await loadSongs(db, songs(FIRST_DAY, 'A'));
  await loadDaily(db, days('s1'));
  const first = await bank();
  expect(first.complete.songs[0]?.series.plays[0]).toBe(100);

  await loadSongs(db, songs(FIRST_DAY, 'A'));
  expect(await bank()).toBe(first);

  await loadSongs(db, songs(addDays(FIRST_DAY, 2), 'A'));
  expect((await bank()).complete.songs[0]?.series.plays[0]).toBe(98);

  const { group } = (await bank()).complete.songs[0] ?? {};
  await loadSongs(db, songs(addDays(FIRST_DAY, 2), 'B'));
  expect((await bank()).complete.songs[0]?.group).not.toBe(group);
});

it('songs of a chart feed are with the charted ones, those without a floor too', async () => {
  await loadSongs(db, ['c1', 'c2'].map((id) => ({ id, title: id, artist: 'C', releaseDate: FIRST_DAY })));
  await loadDaily(db, [...days('c1', { floor: 20 }), ...days('c2')], { feed: 'charts' });
  const { chart, complete } = await bank();
  expect(chart.songs).toHaveLength(2);
  expect(complete.songs).toHaveLength(1);
});
