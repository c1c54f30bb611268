import { afterAll, expect, it } from 'vitest';
import { loadListeners } from '../../../src/catalogue/import/listeners.ts';
import { loadPlays } from '../../../src/catalogue/import/plays.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';
import { scoreOutcomes } from '../../../src/db/queries/score-outcomes.ts';
import { testDatabase } from '../database.ts';

const db = await testDatabase();
afterAll(() => db.close());

const day = (age: number) => new Date(Date.UTC(2026, 0, 1 + age)).toISOString().slice(0, 10);
const play = (listener: string, song: string, age: number, hour = 10) => ({ listener, song, playedAt: `${day(age)}T${hour}:00` });

it('counts distinct listeners and plays of days 0 to 29, for songs of which every one of these days was imported', async () => {
  await loadSongs(db, [
    { id: 'whole', title: 'Whole', artist: 'A', artistId: 'a', releaseDate: day(5), isrc: 'TWENC2600001' },
    { id: 'young', title: 'Young', artist: 'A', artistId: 'a', releaseDate: day(15) },
    { id: 'before', title: 'Before', artist: 'A', artistId: 'a', releaseDate: day(-1) },
    { id: 'unheard', title: 'Unheard', artist: 'A', artistId: 'a', releaseDate: day(6) },
    { id: 'undated', title: 'Undated', artist: 'A', artistId: 'a' },
  ]);
  await loadListeners(db, ['u1', 'u2', 'u3'].map((id) => ({ id })));
  const everyDay = Array.from({ length: 40 }, (_, age) => play('u1', 'undated', age));
  const others = ['whole', 'young', 'before'].flatMap((song) => [play('u1', song, 20), play('u2', song, 20)]);
  const edges = [play('u1', 'whole', 5), play('u1', 'whole', 5, 11), play('u1', 'whole', 34), play('u3', 'whole', 35), play('u3', 'whole', 4)];
  await loadPlays(db, [...everyDay, ...others, ...edges], { timeZone: 'Asia/Taipei' });
  expect(await scoreOutcomes(db.sql)).toEqual([{ id: 'whole', title: 'Whole', artistId: 'a', artist: 'A', isrc: 'TWENC2600001', releaseDate: day(5), listeners: 2, plays: 5 }]);
  await db.sql`delete from ingest_day where day = ${day(20)}`;
  expect(await scoreOutcomes(db.sql)).toEqual([]);
});
