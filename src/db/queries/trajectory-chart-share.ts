import type { Sql } from 'postgres';

export type ChartShareRow = { day: number; chart: number; rest: number };

/** Plays from the chart and from elsewhere on each of days 0..59 that the rolled-up plays or a feed with sources tell about. */
export async function chartShareOfSong(sql: Sql, songId: number, releaseDate: string): Promise<ChartShareRow[]> {
  return await sql<ChartShareRow[]>`
    select day - ${releaseDate}::date as day, coalesce(sum(plays) filter (where source = 'chart'), 0)::float8 as chart,
           coalesce(sum(plays) filter (where source <> 'chart'), 0)::float8 as rest
    from counted_song_day
    where song_id = ${songId} and day between ${releaseDate}::date and ${releaseDate}::date + 59 and plays is not null
    group by 1 order by 1`;
}
