import type { Sql } from 'postgres';

/** Names of the feeds that have delivered any day. */
export async function deliveredFeeds(sql: Sql): Promise<string[]> {
  const rows = await sql<{ feed: string }[]>`select distinct feed from ingest_day order by feed`;
  return rows.map(({ feed }) => feed);
}

/** Whether any song is known at all. */
export async function hasSongs(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ has: boolean }[]>`select exists (select from song) as has`;
  return row?.has ?? false;
}
