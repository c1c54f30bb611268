import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoCatalogue } from '../../../src/catalogue/demo/catalogue.ts';
import { loadDemoCatalogue } from '../../../src/catalogue/demo/load.ts';
import { writeDemoCatalogue } from '../../../src/catalogue/demo/write.ts';
import { readConfig } from '../../../src/config.ts';
import type { Database } from '../../../src/db/client.ts';
import { testDatabase } from '../../db/database.ts';

const options = { seed: 2, size: 0.05 };

describe('loading', () => {
  let db: Database;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(async () => await db.close());
  const loaded = async () => {
    const [song] = await db.sql`select count(*)::int as songs, (select count(*)::int from listener) as listeners from song`;
    const [day] = await db.sql`select sum(plays)::int as plays, count(*)::int as cells, max(day) as last from song_day`;
    return { ...song, ...day };
  };

  test('fills the database through the importers; a second load changes nothing; another seed takes its place', async () => {
    const services = { db, config: readConfig({}) };
    const first = await loadDemoCatalogue(services, options);
    expect(first.changed).toBe(true);
    const after = await loaded();
    expect(after).toMatchObject({ songs: first.songs, listeners: first.listeners, plays: first.plays, last: '2026-10-31' });
    expect(await loadDemoCatalogue(services, options)).toMatchObject({ changed: false, plays: first.plays });
    expect(await loaded()).toEqual(after);
    const other = await loadDemoCatalogue(services, { ...options, seed: 3 });
    expect(other.changed).toBe(true);
    expect(await loaded()).toMatchObject({ songs: other.songs, listeners: other.listeners, plays: other.plays });
  });
});

test('as files: the same rows as CSV, and the truths as JSON', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'encore-demo-'));
  try {
    await writeDemoCatalogue(dir, options);
    const catalogue = demoCatalogue(options);
    const lines = async (name: string) => (await readFile(join(dir, name), 'utf8')).trimEnd().split('\n');
    expect(await lines('songs.csv')).toHaveLength(catalogue.songs.length + 1);
    expect((await lines('listeners.csv'))[0]).toBe('id,region,birthYear,gender');
    const plays = gunzipSync(await readFile(join(dir, 'plays.csv.gz'))).toString().trimEnd().split('\n');
    expect(plays).toHaveLength([...catalogue.plays()].length + 1);
    const [first] = catalogue.playsOn(0);
    expect(plays[1]).toBe(`${first?.listener},${first?.song},${first?.playedAt},${first?.source},${first?.seconds}`);
    expect(JSON.parse(await readFile(join(dir, 'truths.json'), 'utf8'))).toEqual(catalogue.truths);
  } finally {
    await rm(dir, { recursive: true });
  }
});
