import type { Sql } from 'postgres';
import { chartFeeds } from './chart-feeds.ts';

export type FinishedSongRow = { id: number; artistId: number; releaseDate: string; feeds: string[] };

/** A release may leak out before its day; played on more days than this, it is a song that was there already. */
const LEAKED_DAYS = 3;
/** Released, and not played for a week: the date is not the day on which the song came out here. */
const FIRST_PLAYED_WITHIN = 7;

/**
 * The latest songs with 60 days of calendar between the catalogue's first and last day of data, newest first. Songs without an
 * imported release date count from their first play, if the catalogue's data began before it. `late offset 0` keeps the planner from
 * looking at the plays of every song before the limit has been reached.
 */
const finished = (sql: Sql) => sql`
  watermark as (select min(day) as from_day, max(day) as to_day from ingest_day),
  candidate as (
    select s.id, s.artist_id, coalesce(s.release_date, f.day) as release, s.release_date is null as assumed
    from song s
    left join lateral (select min(day) as day from song_day d where s.release_date is null and d.song_id = s.id and d.plays > 0) f on true
  ),
  late as (
    select c.id, c.artist_id, c.release from candidate c cross join watermark w
    where c.release + 59 <= w.to_day and (case when c.assumed then c.release > w.from_day else c.release >= w.from_day end)
    order by c.release desc, c.id offset 0
  )`;

/** The song came out on its release date: hardly played before it, and within a week of it played or seen through a chart. */
const cameOut = (sql: Sql) => sql`
  (select count(*) from (select distinct d.day from song_day d where d.song_id = l.id and d.day < l.release and d.plays > 0 limit ${LEAKED_DAYS + 1}) before) <= ${LEAKED_DAYS}
  and exists (select from song_day d where d.song_id = l.id and d.day between l.release and l.release + 59
              and (d.feed = any(${chartFeeds(sql)}) or (d.plays > 0 and d.day < l.release + ${FIRST_PLAYED_WITHIN}::int)))`;

/** The latest finished songs that may be learned from and tested on. */
export async function findFinishedSongs(sql: Sql, most: number): Promise<FinishedSongRow[]> {
  return await sql<FinishedSongRow[]>`
    with ${finished(sql)},
    latest as (select l.id, l.artist_id, l.release from late l where ${cameOut(sql)} limit ${most})
    select l.id, l.artist_id as "artistId", l.release::text as "releaseDate",
           coalesce((select array_agg(distinct feed) from song_day d where d.song_id = l.id), '{}') as feeds
    from latest l`;
}

/** How many of the latest `most` finished songs that were ever played did not come out on their release date, and are left out. */
export async function countLeftOut(sql: Sql, most: number): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    with ${finished(sql)}, latest as (select * from late limit ${most})
    select count(*)::int as count from latest l where exists (select from song_day d where d.song_id = l.id and d.plays > 0) and not (${cameOut(sql)})`;
  return row?.count ?? 0;
}
