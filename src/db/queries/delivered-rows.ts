import type { Sql } from 'postgres';

/** How many rows a feed has delivered for each day: from the watermarks, so it costs nothing however many plays there are. */
export async function deliveredRows(sql: Sql, kind: 'plays' | 'daily', feed: string): Promise<Map<string, number>> {
  const rows = await sql<{ day: string; rows: number }[]>`select day, rows from ingest_day where kind = ${kind} and feed = ${feed}`;
  return new Map(rows.map(({ day, rows }) => [day, rows]));
}
