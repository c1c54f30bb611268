import type { Sql } from 'postgres';

/** `releaseDate` is the first day with a count where none was imported (`assumedRelease`); null when there is no count either. */
export type TrajectorySong = {
  id: number;
  externalId: string;
  title: string;
  artist: string;
  releaseDate: string | null;
  assumedRelease: boolean;
  /** The feeds that have ever carried the song; `''` is the one rolled up from plays. */
  feeds: string[];
};

export async function findTrajectorySong(sql: Sql, songId: number): Promise<TrajectorySong | undefined> {
  const [row] = await sql<TrajectorySong[]>`
    select s.id, s.external_id as "externalId", s.title, a.name as artist,
           coalesce(s.release_date, (select min(day) from song_day d where d.song_id = s.id and d.plays > 0))::text as "releaseDate",
           s.release_date is null as "assumedRelease",
           coalesce((select array_agg(distinct feed) from song_day d where d.song_id = s.id), '{}') as feeds
    from song s join artist a on a.id = s.artist_id
    where s.id = ${songId}`;
  return row;
}
