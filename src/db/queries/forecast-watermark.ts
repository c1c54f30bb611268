import type { Sql } from 'postgres';

/** Changes whenever a day or a song is imported or corrected: what was read before is then out of date. A digest over all songs would take longer than the forecast. */
export async function forecastWatermark(sql: Sql): Promise<string> {
  const [row] = await sql<{ mark: string }[]>`
    select concat_ws(' ', count(*), max(imported_at), 'songs', (select revision from song_revision)) as mark from ingest_day`;
  return row?.mark ?? '';
}
