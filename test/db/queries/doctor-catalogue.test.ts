import { afterAll, expect, it } from 'vitest';
import { loadDaily } from '../../../src/catalogue/import/daily.ts';
import { loadListeners } from '../../../src/catalogue/import/listeners.ts';
import { loadPlays } from '../../../src/catalogue/import/plays.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';
import { catalogueFacts } from '../../../src/db/queries/doctor-catalogue.ts';
import { testDatabase } from '../../db/database.ts';

const db = await testDatabase();
afterAll(() => db.close());

it('tells what the database holds, and up to which day', async () => {
  const empty = await catalogueFacts(db);
  expect(empty).toMatchObject({ songs: 0, artists: 0, listeners: 0, dataDate: null, similarityKnowsChinese: true });
  expect(empty.serverVersion).toMatch(/^\d+/);
  await loadSongs(db, [{ id: 's1', title: 'One', artist: 'A' }, { id: 's2', title: 'Two', artist: 'A' }]);
  await loadListeners(db, [{ id: 'u1' }]);
  await loadPlays(db, [{ listener: 'u1', song: 's1', playedAt: '2026-01-05T10:00' }], { timeZone: 'Asia/Taipei' });
  await loadDaily(db, [{ song: 's1', day: '2026-01-06', plays: 3 }, { song: 's2', day: '2026-01-04', plays: null, floor: 2 }]);
  expect(await catalogueFacts(db)).toMatchObject({ songs: 2, artists: 1, listeners: 1, dataDate: '2026-01-06' });
});
