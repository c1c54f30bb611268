import type { Sql } from 'postgres';

/** What came of a song in days 0..29, as far as it is known. */
export type SongOutcome = {
  songId: number;
  releaseDate: string | null;
  /** Days of the 30 that any feed delivered, and those of which single plays are known: only these count below. */
  days: number;
  listenerDays: number;
  plays: number;
  listeners: number;
};

/**
 * Plays and distinct listeners of songs in their first 30 days. `play` has no index by song: the bounds on `day` leave a month or two of partitions, read once for all
 * songs. On Citus distinct listeners are counted where they lie.
 */
export async function songOutcomes(sql: Sql, songIds: readonly number[]): Promise<SongOutcome[]> {
  return await sql<SongOutcome[]>`
    with wanted as (
      select id, coalesce(release_date, (select min(day) from song_day d where d.song_id = s.id and d.plays > 0)) as release from song s where id = any(${[...songIds]}::int[])
    ),
    heard as (
      select p.song_id, count(*) as plays, count(distinct p.listener_id) as listeners
      from play p join wanted w on w.id = p.song_id and p.day >= w.release and p.day < w.release + 30
      where p.day >= (select min(release) from wanted) and p.day < (select max(release) + 30 from wanted)
      group by 1
    )
    select w.id as "songId", w.release::text as "releaseDate",
      (select count(distinct day) from ingest_day i where i.day >= w.release and i.day < w.release + 30) as days,
      (select count(distinct day) from ingest_day i where i.kind = 'plays' and i.day >= w.release and i.day < w.release + 30) as "listenerDays",
      coalesce(heard.plays, 0) as plays, coalesce(heard.listeners, 0) as listeners
    from wanted w left join heard on heard.song_id = w.id`;
}
