import { sql } from 'drizzle-orm';
import { bigint, boolean, char, check, date, doublePrecision, index, integer, pgTable, pgView, primaryKey, smallint, text, timestamp, unique } from 'drizzle-orm/pg-core';
import type { Source } from './sources.ts';

/** Reference table on Citus. `nameKey` is the name folded by `searchKey`, for exact, prefix and similarity search. */
export const artist = pgTable(
  'artist',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    externalId: text('external_id').notNull().unique(),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    genre: text('genre'),
  },
  (table) => [
    index('artist_name_prefix').on(table.nameKey.op('text_pattern_ops')),
    index('artist_name_similar').using('gin', table.nameKey.op('gin_trgm_ops')),
  ],
);

/** Reference table on Citus. */
export const song = pgTable(
  'song',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    externalId: text('external_id').notNull().unique(),
    artistId: integer('artist_id')
      .notNull()
      .references(() => artist.id),
    title: text('title').notNull(),
    titleKey: text('title_key').notNull(),
    /** Day 0 of the trajectory; absent: the first day with a count stands in for it. */
    releaseDate: date('release_date', { mode: 'string' }),
    genre: text('genre'),
    language: text('language'),
    isrc: text('isrc'),
  },
  (table) => [
    index('song_artist').on(table.artistId),
    index('song_title_prefix').on(table.titleKey.op('text_pattern_ops')),
    index('song_title_similar').using('gin', table.titleKey.op('gin_trgm_ops')),
  ],
);

/** Distributed on `id` on Citus. */
export const listener = pgTable(
  'listener',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    externalId: text('external_id').notNull(),
    region: text('region'),
    birthYear: smallint('birth_year'),
    gender: char('gender', { length: 1 }),
  },
  (table) => [index('listener_external').on(table.externalId)],
);

/**
 * One listen. Partitioned by month of `day` (the catalogue's own calendar day) and distributed on `listener_id` on Citus;
 * the migration adds `partition by range (day)`, which drizzle can't state. No foreign keys: COPY speed, and Citus.
 */
export const play = pgTable(
  'play',
  {
    listenerId: bigint('listener_id', { mode: 'number' }).notNull(),
    songId: integer('song_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    playedAt: timestamp('played_at', { withTimezone: true }).notNull(),
    source: text('source').$type<Source>().notNull(),
    seconds: smallint('seconds'),
    /** Which delivery the row came in; a corrected day replaces only its own feed's rows. */
    feed: text('feed').notNull(),
  },
  (table) => [index('play_day').on(table.day, table.feed), index('play_listener').on(table.listenerId, table.day), index('play_song').on(table.songId, table.day)],
);

/**
 * Daily plays of a song by source. A row with `plays` null and a `floor` is left-censored: the song was off the chart that day,
 * so it had at most `floor` plays. Rows of feed `''` are rolled up from `play`; others were imported as counts.
 */
export const songDay = pgTable(
  'song_day',
  {
    songId: integer('song_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    source: text('source').$type<Source>().notNull(),
    feed: text('feed').notNull().default(''),
    plays: integer('plays'),
    floor: integer('floor'),
  },
  (table) => [primaryKey({ columns: [table.songId, table.day, table.source, table.feed] }), index('song_day_day').on(table.day)],
);

/**
 * What counts of `song_day`: where a song's day was rolled up from plays, that alone, since imported counts of the same day count the same
 * plays again. Whoever adds up plays reads this and not the table.
 */
export const countedSongDay = pgView('counted_song_day').as((query) =>
  query
    .select()
    .from(songDay)
    .where(sql`${songDay.feed} = '' or not exists (select from song_day rolled where rolled.song_id = ${songDay.songId} and rolled.day = ${songDay.day} and rolled.feed = '')`),
);

/** The days a feed has delivered: the watermark, and what makes a second import of the same day a no-op. */
export const ingestDay = pgTable(
  'ingest_day',
  {
    kind: text('kind').$type<'plays' | 'daily'>().notNull(),
    feed: text('feed').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    rows: integer('rows').notNull(),
    /** Order-independent digest of the day's rows. */
    digest: text('digest').notNull(),
    /** Some of the day's rows have a floor: the feed sees songs through a chart. */
    charted: boolean('charted').notNull().default(false),
    importedAt: timestamp('imported_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [unique('ingest_day_key').on(table.day, table.kind, table.feed)],
);

/** One row, counted up by every import that changed songs: what was worked out from their dates and artists is then out of date. Reference table on Citus. */
export const songRevision = pgTable(
  'song_revision',
  {
    one: boolean('one').primaryKey().default(true),
    revision: integer('revision').notNull(),
  },
  (table) => [check('song_revision_one', sql`${table.one}`)],
);

/** One row where the database holds the demo catalogue or is being filled with it, written before anything else of it. Reference table on Citus. */
export const demoCatalogue = pgTable(
  'demo_catalogue',
  {
    one: boolean('one').primaryKey().default(true),
    seed: integer('seed').notNull(),
    size: doublePrecision('size').notNull(),
    /** Absent while it is being loaded, or when that was cut off. */
    loadedAt: timestamp('loaded_at', { withTimezone: true }),
  },
  (table) => [check('demo_catalogue_one', sql`${table.one}`)],
);
