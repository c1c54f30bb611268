import type { Sql } from 'postgres';

/**
 * Days 0..59 of several songs, one row a song; the arrays run in step and hold only the days that have counts. `plays` is null on a
 * day on which any feed was censored; `ceiling` is what the day's plays can't have exceeded, null when no chart floor is known.
 */
export type TrajectoryRows = { songId: number; day: number[]; plays: (number | null)[]; ceiling: (number | null)[] };

/** One song's counted days, and every day its feeds delivered (`covered`, day numbers since release). */
export type TrajectoryOfSong = TrajectoryRows & { covered: number[] };

/** Sums over sources and feeds in the database: a song has at most 60 x 6 rows a feed, so this is an index scan of song_day's key. */
export async function trajectoryOfSong(sql: Sql, songId: number, releaseDate: string): Promise<TrajectoryOfSong> {
  const [row] = await sql<TrajectoryOfSong[]>`
    with counted as (
      select day, feed, plays, floor from song_day
      where song_id = ${songId} and day between ${releaseDate}::date and ${releaseDate}::date + 59
    ),
    daily as (
      select day, case when bool_and(plays is not null) then sum(plays) end::float8 as plays,
             case when bool_or(floor is not null) then sum(case when plays is null then floor else 0 end) + sum(coalesce(plays, 0)) end as bound,
             max(floor) as floor
      from counted group by day
    ),
    carried as (select distinct feed from song_day where song_id = ${songId}),
    covered as (
      select distinct i.day from ingest_day i
      where i.day between ${releaseDate}::date and ${releaseDate}::date + 59
        and (not exists (select 1 from carried)
          or exists (select 1 from carried c where (i.kind = 'plays' and c.feed = '') or (i.kind = 'daily' and c.feed = i.feed)))
    )
    select ${songId}::int as "songId",
      coalesce((select array_agg(day - ${releaseDate}::date order by day) from daily), '{}') as day,
      coalesce((select array_agg(plays order by day) from daily), '{}') as plays,
      coalesce((select array_agg((case when plays is null then bound else floor end)::float8 order by day) from daily), '{}') as ceiling,
      coalesce((select array_agg(day - ${releaseDate}::date order by day) from covered), '{}') as covered`;
  if (!row) throw new Error('A select without a from clause returned no row');
  return row;
}
