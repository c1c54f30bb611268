import { afterAll, describe, expect, it } from 'vitest';
import { migrateDatabase } from '../../src/db/migrate.ts';
import { testDatabase } from './database.ts';

const db = await testDatabase();
afterAll(() => db.close());

const applied = () => db.sql`select hash, created_at from drizzle.__drizzle_migrations order by id`;

describe('migrations', () => {
  it('make every table from an empty database', async () => {
    const tables = await db.sql<{ name: string }[]>`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`;
    expect(tables.map(({ name }) => name)).toEqual(
      ['artist', 'counted_song_day', 'demo', 'demo_catalogue', 'forecast', 'ingest_day', 'listener', 'play', 'reply', 'score', 'slack_event', 'song', 'song_day', 'workspace'],
    );
  });

  it('partition plays by day', async () => {
    const [row] = await db.sql`select pg_get_partkeydef('play'::regclass) as key`;
    expect(row).toEqual({ key: 'RANGE (day)' });
  });

  it('do nothing the second time, also when several processes start together', async () => {
    const before = await applied();
    await Promise.all([migrateDatabase(db.url), migrateDatabase(db.url), migrateDatabase(db.url)]);
    expect(await applied()).toEqual(before);
  });
});

describe('a database client', () => {
  it('reads days as text and counts as numbers, and takes Date parameters', async () => {
    const at = new Date('2026-01-02T03:04:05Z');
    const [row] = await db.sql`select date '2026-01-02' as day, count(*) as n, ${at}::timestamptz as at from generate_series(1, 3)`;
    expect(row).toEqual({ day: '2026-01-02', n: 3, at });
  });
});
