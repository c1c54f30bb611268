import { afterAll, describe, expect, it } from 'vitest';
import { demoMarker } from '../../src/db/queries/demo-marker.ts';
import { migrateDatabase } from '../../src/db/migrate.ts';
import { emptyDatabase, migrateTo, testDatabase } from './database.ts';

const db = await testDatabase();
afterAll(() => db.close());

const applied = () => db.sql`select hash, created_at from drizzle.__drizzle_migrations order by id`;

describe('migrations', () => {
  it('make every table from an empty database', async () => {
    const tables = await db.sql<{ name: string }[]>`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`;
    expect(tables.map(({ name }) => name)).toEqual(
      ['artist', 'counted_song_day', 'demo', 'demo_catalogue', 'forecast', 'forecast_model', 'ingest_day', 'listener', 'play', 'reply', 'score', 'score_model', 'slack_event', 'song', 'song_day', 'song_revision', 'workspace'],
    );
  });

  it('partition plays by day', async () => {
    const [row] = await db.sql`select pg_get_partkeydef('play'::regclass) as key`;
    expect(row).toEqual({ key: 'RANGE (day)' });
  });

  it("find a song's plays, a listener's and a day's without reading the others", async () => {
    const indexes = await db.sql<{ columns: string }[]>`select pg_get_indexdef(indexrelid) as columns from pg_index where indrelid = 'play'::regclass order by 1`;
    expect(indexes.map(({ columns }) => columns.slice(columns.indexOf('(')))).toEqual(['(day, feed)', '(listener_id, day)', '(song_id, day)']);
  });

  it('do nothing the second time, also when several processes start together', async () => {
    const before = await applied();
    await Promise.all([migrateDatabase(db.url), migrateDatabase(db.url), migrateDatabase(db.url)]);
    expect(await applied()).toEqual(before);
  });
});

describe('a database of the first version', () => {
  const DAY = "insert into ingest_day (kind, feed, day, rows, digest) values ";
  it.each([
    ['with nothing in it', '', undefined],
    ['with own songs', "insert into artist (external_id, name, name_key) values ('a', 'A', 'a')", undefined],
    ['with own days', `${DAY} ('daily', 'main', '2026-01-01', 1, '1')`, undefined],
    ['with own days beside those of the demo catalogue', `${DAY} ('plays', 'demo', '2026-01-01', 1, '1'), ('daily', 'main', '2026-01-01', 1, '1')`, undefined],
    ['with a part of the demo catalogue', `${DAY} ('plays', 'demo', '2026-01-01', 1, '1')`, { seed: 1, size: 1, complete: false }],
    ['with the demo catalogue', `${DAY.replace('values', '')} select 'plays', 'demo', date '2025-11-01' + n, 1, '1' from generate_series(0, 364) n`, { seed: 1, size: 1, complete: true }],
  ])('%s keeps what it has and knows what it holds', async (_, given, marker) => {
    await using old = await emptyDatabase();
    await migrateTo(old.sql, 1);
    if (given) await old.sql.unsafe(given);
    await old.sql`insert into song_day (song_id, day, source, feed, plays) values (1, '2026-01-01', 'other', 'main', 5), (1, '2026-01-01', 'chart', '', 3), (1, '2026-01-02', 'other', 'main', 7)`;
    const [before] = await old.sql`select count(*) as n from ingest_day`;
    await migrateDatabase(old.url);
    expect(await demoMarker(old.sql)).toEqual(marker);
    expect(await old.sql`select count(*) as n from ingest_day`).toEqual([before]);
    expect(await old.sql`select day, plays from counted_song_day order by day`).toEqual([{ day: '2026-01-01', plays: 3 }, { day: '2026-01-02', plays: 7 }]);
  });
});

describe('a database of the version that did not say which forecast model is active', () => {
  it('keeps the one activated last, and takes every finished song for learned from', async () => {
    await using old = await emptyDatabase();
    await migrateTo(old.sql, 4);
    await old.sql`insert into ingest_day (kind, feed, day, rows, digest) values ('daily', 'main', '2026-03-01', 1, '1')`;
    await old.sql`insert into forecast_model (id, kind, engine, contest, activated_at) values
      ('a', 'chart', '{}', '{}', '2026-01-01'), ('b', 'chart', '{}', '{}', '2026-02-01'), ('c', 'chart', '{}', '{}', null), ('d', 'complete', '{}', '{}', null)`;
    await migrateDatabase(old.url);
    expect(await old.sql`select id, active, learned_until as "learnedUntil" from forecast_model order by id`).toEqual(['a', 'b', 'c', 'd'].map((id) => ({ id, active: id === 'b', learnedUntil: '2026-01-01' })));
  });
});

describe('a database of the version whose scores told nothing of the hook', () => {
  it('keeps its demos and their scores, which know nothing yet of tags, hook and embedding', async () => {
    await using old = await emptyDatabase();
    await migrateTo(old.sql, 5);
    await old.sql`insert into workspace (id) values ('T1')`;
    await old.sql`
      with d as (insert into demo (workspace_id, slack_file_id, content_hash, title, seconds) values ('T1', 'F1', 'h', 'One', 61) returning id)
      insert into score (demo_id, model, percentile, listeners, plays_per_listener, hook_start, hook_end) select id, 'm/1', 81, 900, 1.5, 20, 50 from d`;
    await migrateDatabase(old.url);
    const rows = await old.sql`
      select d.title, d.artist, d.isrc, d.lufs, d.song_id, d.linked_at, s.percentile, s.hook_by, s.embedding, s.answer from demo d join score s on s.demo_id = d.id`;
    expect(rows).toEqual([{ title: 'One', artist: null, isrc: null, lufs: null, song_id: null, linked_at: null, percentile: 81, hook_by: null, embedding: null, answer: null }]);
    expect(await old.sql`select from score_model`).toHaveLength(0);
  });
});

describe('a database of the version whose demos knew neither sharer nor channel', () => {
  it('takes both from what is left of their answers and events, and shows the rest to nobody', async () => {
    await using old = await emptyDatabase();
    await migrateTo(old.sql, 7);
    await old.sql`insert into workspace (id) values ('T1'), ('T2')`;
    await old.sql`insert into demo (workspace_id, slack_file_id, content_hash, title, seconds) values ('T1', 'F1', 'h', 'Two', 61), ('T1', 'F2', 'h', 'None', 61), ('T1', null, 'h', 'Terminal', 61), ('T2', 'F1', 'h', 'Other', 61)`;
    await old.sql`
      insert into reply (workspace_id, request_id, channel, created_at) values ('T1', 'F1:C1', 'C1', '2026-02-01'), ('T1', 'F1:G2', 'G2', '2026-01-01'), ('T1', 'F1:C1:why', 'C1', '2026-03-01'),
        ('T1', 'F1:posted:C3:1.2', 'C3', '2026-01-01'), ('T1', 'F2:posted:C1:1.2', 'C1', '2026-01-01')`;
    await old.sql`
      insert into slack_event (workspace_id, event_id, received_at) values ('T1', 'drop:C1:F1:shared:U2', '2026-02-01'), ('T1', 'drop:G2:F1:shared:U1', '2026-01-01'), ('T1', 'drop:C1:F2:done', '2026-01-01')`;
    await migrateDatabase(old.url);
    expect(await old.sql`select title, shared_by as by, channels from demo order by title`).toEqual([
      { title: 'None', by: null, channels: [] },
      { title: 'Other', by: null, channels: [] },
      { title: 'Terminal', by: null, channels: [] },
      { title: 'Two', by: 'U1', channels: ['G2', 'C1'] },
    ]);
  });
});

describe('a database of the version that did not say which days are of a chart', () => {
  it('knows it by their floors', async () => {
    await using old = await emptyDatabase();
    await migrateTo(old.sql, 8);
    await old.sql`insert into ingest_day (kind, feed, day, rows, digest) values ('daily', 'main', '2026-03-01', 1, '1'), ('daily', 'charts', '2026-03-01', 1, '1'), ('plays', 'charts', '2026-03-01', 1, '1')`;
    await old.sql`insert into song_day (song_id, day, source, feed, plays, floor) values (1, '2026-03-01', 'other', 'main', 5, null), (2, '2026-03-01', 'other', 'charts', 5, 3), (3, '2026-03-01', 'other', 'charts', 7, null)`;
    await migrateDatabase(old.url);
    expect(await old.sql`select kind, feed from ingest_day where charted`).toEqual([{ kind: 'daily', feed: 'charts' }]);
  });
});

describe('a database client', () => {
  it('reads days as text and counts as numbers, and takes Date parameters', async () => {
    const at = new Date('2026-01-02T03:04:05Z');
    const [row] = await db.sql`select date '2026-01-02' as day, count(*) as n, ${at}::timestamptz as at from generate_series(1, 3)`;
    expect(row).toEqual({ day: '2026-01-02', n: 3, at });
  });
});
