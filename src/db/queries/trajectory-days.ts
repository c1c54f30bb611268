import type { Sql } from 'postgres';
import { chartFeeds } from './chart-feeds.ts';

/**
 * The counted days among 0..59 of one song; the arrays run in step. `plays` is null on a day on which any feed was censored;
 * `floor` is then what the day's plays can't have exceeded, and on a counted day the chart's floor, if one is known. `charted`: a feed that carried the song on these days is a chart's.
 */
export type TrajectoryRows = { songId: number; charted: boolean; day: number[]; plays: (number | null)[]; floor: (number | null)[] };

/**
 * Aggregated as JSON, because postgres.js reads NULL within an array as NaN. Summed over sources and feeds in the database: an index scan of song_day's key, at most 60 days x sources x feeds a song.
 */
export async function trajectoryDays(sql: Sql, songs: readonly { id: number; releaseDate: string }[]): Promise<TrajectoryRows[]> {
  return await sql<TrajectoryRows[]>`
    with wanted as (
      select * from unnest(${songs.map((song) => song.id)}::int[], ${songs.map((song) => song.releaseDate)}::date[]) as w(song_id, release)
    ),
    daily as (
      select d.song_id, d.day - w.release as day, case when bool_and(d.plays is not null) then sum(d.plays) end as plays,
             case when bool_and(d.plays is not null) then max(d.floor)
                  when bool_and(d.plays is not null or d.floor is not null) then sum(coalesce(d.plays, d.floor)) end as floor,
             bool_or(d.feed = any(${chartFeeds(sql)})) as charted
      from wanted w join counted_song_day d on d.song_id = w.song_id and d.day between w.release and w.release + 59
      group by 1, 2
    )
    select song_id as "songId", bool_or(charted) as charted, json_agg(day order by day) as day, json_agg(plays order by day) as plays,
           json_agg(floor order by day) as floor
    from daily group by song_id`;
}
