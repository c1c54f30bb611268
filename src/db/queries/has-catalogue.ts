import type { Sql } from 'postgres';

/** Whether any song, artist, listener or day is known, whoever loaded it. */
export async function hasCatalogue(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ has: boolean }[]>`
    select exists (select from song) or exists (select from artist) or exists (select from listener) or exists (select from ingest_day) as has`;
  return row?.has ?? false;
}
