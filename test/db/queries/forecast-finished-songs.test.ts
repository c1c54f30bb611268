import { afterAll, expect, test } from 'vitest';
import { loadDaily } from '../../../src/catalogue/import/daily.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';
import { countLeftOut, findFinishedSongs } from '../../../src/db/queries/forecast-finished-songs.ts';
import { testDatabase } from '../database.ts';

const db = await testDatabase();
afterAll(() => db.close());

const dateOf = (day: number) => new Date(Date.parse('2026-01-01') + day * 86_400_000).toISOString().slice(0, 10);
const RELEASE = 20;
const counted = (song: string, days: number[]) => days.map((day) => ({ song, day: dateOf(day), plays: 5 }));
const from = (first: number) => Array.from({ length: 90 - first }, (_, at) => first + at);

test('songs that did not come out on their release date are left out, and counted', async () => {
  const ids = ['fresh', 'leaked', 'reissue', 'late', 'late-on-chart', 'never', 'young'];
  await loadSongs(db, ids.map((id) => ({ id, title: id, artist: 'A', releaseDate: dateOf(id === 'young' ? 60 : RELEASE) })));
  await loadDaily(db, [
    ...counted('fresh', from(RELEASE + 6)),
    ...counted('leaked', from(RELEASE - 3)),
    ...counted('reissue', from(RELEASE - 4)),
    ...counted('late', from(RELEASE + 7)),
    ...counted('young', from(60)),
  ]);
  await loadDaily(db, from(RELEASE + 7).map((day) => ({ song: 'late-on-chart', day: dateOf(day), plays: 5 })), { feed: 'chart' });
  await loadDaily(db, [{ song: 'young', day: dateOf(60), source: 'chart', plays: 5, floor: 3 }], { feed: 'chart' });
  const found = await findFinishedSongs(db.sql, 10);
  const names = new Map((await db.sql<{ id: number; title: string }[]>`select id, title from song`).map(({ id, title }) => [id, title]));
  expect(found.map(({ id }) => names.get(id))).toEqual(['fresh', 'leaked', 'late-on-chart']);
  expect(found[0]).toMatchObject({ releaseDate: dateOf(RELEASE), feeds: ['main'] });
  expect(await findFinishedSongs(db.sql, 2)).toEqual(found.slice(0, 2));
  expect(await countLeftOut(db.sql, 10)).toBe(2);
});
