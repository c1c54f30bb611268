import type { Sql } from 'postgres';

/** Changes whenever a day is imported or corrected: what was read before is then out of date. */
export async function forecastWatermark(sql: Sql): Promise<string> {
  const [row] = await sql<{ mark: string }[]>`select count(*) || ' ' || coalesce(max(imported_at)::text, '') as mark from ingest_day`;
  return row?.mark ?? '';
}
