import type { Sql } from 'postgres';

export type FinishedSongRow = { id: number; artistId: number; releaseDate: string; feeds: string[] };

/**
 * The latest songs with 60 days of calendar between the catalogue's first and last day of data, newest first. Songs without an
 * imported release date count from their first play, if the catalogue's data began before it.
 */
export async function findFinishedSongs(sql: Sql, most: number): Promise<FinishedSongRow[]> {
  return await sql<FinishedSongRow[]>`
    with watermark as (select min(day) as from_day, max(day) as to_day from ingest_day),
    candidate as (
      select s.id, s.artist_id, coalesce(s.release_date, f.day) as release, s.release_date is null as assumed
      from song s
      left join lateral (select min(day) as day from song_day d where s.release_date is null and d.song_id = s.id and d.plays > 0) f on true
    ),
    latest as (
      select c.id, c.artist_id, c.release from candidate c cross join watermark w
      where c.release + 59 <= w.to_day and (case when c.assumed then c.release > w.from_day else c.release >= w.from_day end)
      order by c.release desc, c.id limit ${most}
    )
    select l.id, l.artist_id as "artistId", l.release::text as "releaseDate",
           coalesce((select array_agg(distinct feed) from song_day d where d.song_id = l.id), '{}') as feeds
    from latest l`;
}
