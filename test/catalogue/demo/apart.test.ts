import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { holdingOf, removeDemoCatalogue, requireNoDemo } from '../../../src/catalogue/demo/apart.ts';
import { loadDemoCatalogue, offerDemoCatalogue } from '../../../src/catalogue/demo/load.ts';
import { loadDaily } from '../../../src/catalogue/import/daily.ts';
import { importFiles } from '../../../src/catalogue/import/files.ts';
import { loadListeners } from '../../../src/catalogue/import/listeners.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';
import { readConfig } from '../../../src/config.ts';
import type { Database } from '../../../src/db/client.ts';
import { testDatabase } from '../../db/database.ts';

const LOAD = { timeZone: 'Asia/Taipei' };
const SMALL = { seed: 2, size: 0.05 };
const MINE = [{ id: 'mine', title: 'Mine', artist: 'Me', releaseDate: '2026-10-01' }];
let db: Database;
let into: Parameters<typeof loadDemoCatalogue>[0];

beforeEach(async () => {
  db = await testDatabase();
  into = { db, config: readConfig({}) };
});
afterEach(async () => await db.close());

const counts = async () => {
  const [row] = await db.sql`select (select count(*) from song) as songs, (select count(*) from listener) as listeners, (select coalesce(sum(plays), 0)::int from song_day) as plays`;
  return row;
};

describe('someone’s own data keep the demo catalogue out, and removing it leaves them alone', () => {
  test.each([
    ['songs', () => loadSongs(db, MINE, LOAD)],
    ['listeners', () => loadListeners(db, [{ id: 'someone' }], LOAD)],
    ['daily counts', () => loadSongs(db, MINE, LOAD).then(() => loadDaily(db, [{ song: 'mine', day: '2026-10-01', plays: 5 }], LOAD))],
  ])('be they only %s', async (_, loadOwn) => {
    await loadOwn();
    const before = await counts();
    await expect(loadDemoCatalogue(into, SMALL)).rejects.toMatchObject({ code: 'catalogue-of-your-own' });
    await expect(removeDemoCatalogue(db)).rejects.toMatchObject({ code: 'demo-catalogue-absent' });
    await offerDemoCatalogue(into, () => expect.unreachable());
    expect(await counts()).toEqual(before);
    expect(await holdingOf(db)).toEqual({ of: 'own' });
  });
});

test('there is nothing to remove in an empty database', async () => {
  await expect(removeDemoCatalogue(db)).rejects.toMatchObject({ code: 'demo-catalogue-absent' });
});

/** A load that fails when it has read the plays: songs and listeners are there, plays not. */
const cutOff = async () =>
  await loadDemoCatalogue(into, { ...SMALL, onProgress: ({ phase }) => { if (phase === 'checking') throw new Error('cut off'); } }).catch((error: Error) => error.message);

describe('a load that was cut off', () => {
  test('is told apart from own data, keeps them out, and can be removed', async () => {
    expect(await cutOff()).toBe('cut off');
    expect(await counts()).toMatchObject({ plays: 0 });
    expect(await holdingOf(db)).toEqual({ of: 'demo', ...SMALL, complete: false });
    await expect(importFiles(db, 'songs', ['never-read.csv'], LOAD)).rejects.toMatchObject({ code: 'demo-catalogue-loaded' });
    await removeDemoCatalogue(db);
    expect(await counts()).toEqual({ songs: 0, listeners: 0, plays: 0 });
    await requireNoDemo(db);
    await loadSongs(db, MINE, LOAD);
    expect(await holdingOf(db)).toEqual({ of: 'own' });
  });

  test('is gone on with at the next start, with its own seed and size; a complete one is left as it is', async () => {
    await cutOff();
    const heard: string[] = [];
    const offer = async () => await offerDemoCatalogue(into, () => heard.push('loading'), ({ phase, done, total }) => heard.push(`${phase} ${done <= total}`));
    await offer();
    expect(new Set(heard)).toEqual(new Set(['loading', 'reading true', 'checking true', 'applying true']));
    expect(await holdingOf(db)).toEqual({ of: 'demo', ...SMALL, complete: true });
    const after = await counts();
    expect(await loadDemoCatalogue(into, SMALL)).toMatchObject({ changed: false, songs: after?.songs, listeners: after?.listeners, plays: after?.plays });
    heard.length = 0;
    await offer();
    expect(heard).toEqual([]);
  }, 60_000);
});
