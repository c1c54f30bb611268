import { sql } from 'drizzle-orm';
import { boolean, customType, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** Score models learned from the catalogue itself, with all of their files, so that every process has them. Without an active one the demonstration scores. */
export const scoreModel = pgTable(
  'score_model',
  {
    id: text('id').primaryKey(),
    card: jsonb('card').notNull(),
    onnx: bytea('onnx').notNull(),
    /** The file of reference songs, byte for byte: the card has its checksum. */
    songs: text('songs').notNull(),
    /** What it learned from, and why it was activated or not. */
    report: jsonb('report').notNull(),
    madeAt: timestamp('made_at', { withTimezone: true }).notNull().defaultNow(),
    active: boolean('active').notNull().default(false),
    /** When it last became the active one; absent: never. */
    activatedAt: timestamp('activated_at', { withTimezone: true }),
  },
  (table) => [uniqueIndex('score_model_active').on(table.active).where(sql`${table.active}`)],
);
