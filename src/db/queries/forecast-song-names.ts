import type { Sql } from 'postgres';

export type SongName = { id: number; title: string; artist: string };

/** Titles of a handful of songs by their ids. */
export async function findSongNames(sql: Sql, ids: readonly number[]): Promise<SongName[]> {
  return await sql<SongName[]>`select s.id, s.title, a.name as artist from song s join artist a on a.id = s.artist_id where s.id = any(${[...ids]}::int[])`;
}
