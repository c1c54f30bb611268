import { sql } from 'drizzle-orm';
import { boolean, date, doublePrecision, index, integer, jsonb, pgTable, real, smallint, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { workspace } from './slack.ts';

/** An unreleased recording. The audio itself is never stored. */
export const demo = pgTable(
  'demo',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspace.id, { onDelete: 'cascade' }),
    /** Absent for a file scored from the terminal. */
    slackFileId: text('slack_file_id'),
    /** The Slack user who shared it first; absent where that isn't known. */
    sharedBy: text('shared_by'),
    /** The Slack conversations it is shared in: who may see it follows from these and the sharer. */
    channels: text('channels').array().notNull().default(sql`'{}'`),
    /** SHA-256 of the file's bytes. */
    contentHash: text('content_hash').notNull(),
    title: text('title').notNull(),
    /** As the file's tags say, where they do. */
    artist: text('artist'),
    isrc: text('isrc'),
    /** Integrated loudness; absent where it could not be measured. */
    lufs: real('lufs'),
    seconds: real('seconds').notNull(),
    /** The song it became, once somebody said so. */
    songId: integer('song_id'),
    linkedAt: timestamp('linked_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index('demo_file').on(table.workspaceId, table.slackFileId),
    index('demo_content').on(table.workspaceId, table.contentHash),
    index('demo_song').on(table.songId).where(sql`${table.songId} is not null`),
  ],
);

/** What one model said of one demo. */
export const score = pgTable(
  'score',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    demoId: uuid('demo_id')
      .notNull()
      .references(() => demo.id, { onDelete: 'cascade' }),
    model: text('model').notNull(),
    /** Percentile in the reference catalogue, 0-100. */
    percentile: real('percentile').notNull(),
    listeners: real('listeners').notNull(),
    playsPerListener: real('plays_per_listener').notNull(),
    /** Seconds from the start of the recording. */
    hookStart: real('hook_start').notNull(),
    hookEnd: real('hook_end').notNull(),
    /** How the hook was found; absent for scores of the first versions, like the two below. */
    hookBy: text('hook_by').$type<'learned' | 'whole' | 'loudest' | 'user'>(),
    /** The model's, for the nearest songs; belongs to `model` alone. */
    embedding: real('embedding').array(),
    /** All that was answered, without title and picture, so that the same file is answered again from here. */
    answer: jsonb('answer').$type<Record<string, unknown>>(),
    madeAt: timestamp('made_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('score_demo').on(table.demoId)],
);

/** Every forecast ever shown: what the public record is computed from. Arrays run over days `origin`..59. */
export const forecast = pgTable(
  'forecast',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    songId: integer('song_id').notNull(),
    /** Known days when it was made: 3, 7, 14 or 30. */
    origin: smallint('origin').notNull(),
    model: text('model').notNull(),
    dataDate: date('data_date', { mode: 'string' }).notNull(),
    q10: doublePrecision('q10').array().notNull(),
    q50: doublePrecision('q50').array().notNull(),
    q90: doublePrecision('q90').array().notNull(),
    /** Plays of days 0..59, known days included: [q10, q50, q90]. */
    total: doublePrecision('total').array().notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    madeAt: timestamp('made_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('forecast_song').on(table.songId, table.origin)],
);

/** Forecast models learned from the catalogue itself, activated or not, with the backtest that decided. Without an active one of a kind the shipped model answers. */
export const forecastModel = pgTable(
  'forecast_model',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<'chart' | 'complete'>().notNull(),
    engine: jsonb('engine').notNull(),
    contest: jsonb('contest').notNull(),
    /** Release of the latest song it learned from: later ones it has not seen. */
    learnedUntil: date('learned_until', { mode: 'string' }).notNull(),
    madeAt: timestamp('made_at', { withTimezone: true }).notNull().defaultNow(),
    active: boolean('active').notNull().default(false),
    /** When it last became the active one; absent: never. */
    activatedAt: timestamp('activated_at', { withTimezone: true }),
  },
  (table) => [uniqueIndex('forecast_model_active').on(table.kind).where(sql`${table.active}`)],
);
