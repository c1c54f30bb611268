import type { Sql } from 'postgres';

/** `releaseDate` null: not given at import, and the song has no counts to take it from. `dataFrom`, `dataDate` null: no day was imported. */
export type TrajectorySong = {
  id: number;
  externalId: string;
  title: string;
  artist: string;
  releaseDate: string | null;
  /** The release date was not given: it is the first day with a count. */
  assumedRelease: boolean;
  dataFrom: string | null;
  dataDate: string | null;
};

/**
 * A song with the first and last day of the feeds that carry it. The watermark is per feed: a chart file that ended in June says
 * nothing about July. A song that no feed has carried yet is measured against all of them.
 */
export async function findTrajectorySong(sql: Sql, songId: number): Promise<TrajectorySong | undefined> {
  const [row] = await sql<TrajectorySong[]>`
    with carried as (select distinct feed from song_day where song_id = ${songId}),
    first_count as (select min(day) as day from song_day where song_id = ${songId} and coalesce(plays, 0) > 0),
    watermark as (
      select min(day) as from_day, max(day) as to_day from ingest_day i
      where not exists (select 1 from carried)
         or exists (select 1 from carried c where (i.kind = 'plays' and c.feed = '') or (i.kind = 'daily' and c.feed = i.feed))
    )
    select s.id, s.external_id as "externalId", s.title, a.name as artist,
           coalesce(s.release_date, f.day)::text as "releaseDate", s.release_date is null as "assumedRelease",
           w.from_day::text as "dataFrom", w.to_day::text as "dataDate"
    from song s join artist a on a.id = s.artist_id cross join first_count f cross join watermark w
    where s.id = ${songId}`;
  return row;
}
