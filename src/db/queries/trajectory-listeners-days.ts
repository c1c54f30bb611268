import type { Sql } from 'postgres';

/** The days of which plays were delivered, in order; none in a catalogue of daily counts alone, where nothing is known of listeners. */
export async function listenerDays(sql: Sql): Promise<string[]> {
  const rows = await sql<{ day: string }[]>`select distinct day::text as day from ingest_day where kind = 'plays' order by day`;
  return rows.map((row) => row.day);
}
