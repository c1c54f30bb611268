import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdingOf, removeDemoCatalogue, requireNoDemo } from '../../../src/catalogue/demo/apart.ts';
import { loadDemoCatalogue } from '../../../src/catalogue/demo/load.ts';
import { loadDaily } from '../../../src/catalogue/import/daily.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';
import { readConfig } from '../../../src/config.ts';
import type { Database } from '../../../src/db/client.ts';
import { testDatabase } from '../../db/database.ts';

const LOAD = { timeZone: 'Asia/Taipei' };
let db: Database;

beforeEach(async () => {
  db = await testDatabase();
});
afterEach(async () => await db.close());

async function loadOwn(): Promise<void> {
  await loadSongs(db, [{ id: 'mine', title: 'Mine', artist: 'Me', releaseDate: '2026-10-01' }], LOAD);
  await loadDaily(db, [{ song: 'mine', day: '2026-10-01', plays: 5 }], LOAD);
}

test('the demo catalogue is refused by a database that holds someone’s own data, and removing it leaves that alone', async () => {
  await loadOwn();
  await expect(loadDemoCatalogue({ db, config: readConfig({}) })).rejects.toMatchObject({ code: 'catalogue-of-your-own' });
  await expect(removeDemoCatalogue(db)).rejects.toMatchObject({ code: 'catalogue-of-your-own' });
  expect(await db.sql`select plays from song_day`).toEqual([{ plays: 5 }]);
});

test('own data waits until the demo catalogue is removed, and then finds nothing of it', async () => {
  await loadDemoCatalogue({ db, config: readConfig({}) }, { size: 0.05 });
  expect(await holdingOf(db)).toBe('demo');
  await expect(requireNoDemo(db)).rejects.toMatchObject({ code: 'demo-catalogue-loaded' });
  await removeDemoCatalogue(db);
  await requireNoDemo(db);
  await loadOwn();
  expect(await db.sql`select count(*) as songs from song`).toEqual([{ songs: 1 }]);
}, 60_000);
