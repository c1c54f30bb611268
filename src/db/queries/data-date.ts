import type { Database } from '../client.ts';

/** The latest day of which any plays or counts were imported; null for an empty catalogue. Every answer says it. */
export async function dataDate(db: Database): Promise<string | null> {
  const [row] = await db.sql<{ day: string | null }[]>`select max(day) as day from ingest_day`;
  return row?.day ?? null;
}
