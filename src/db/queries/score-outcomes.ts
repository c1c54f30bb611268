import type { Sql } from 'postgres';

/** A song with what came of it on days 0..29: distinct listeners, and plays. */
export type OutcomeRow = { id: string; title: string; artistId: string; artist: string; isrc: string | null; releaseDate: string; listeners: number; plays: number };

/**
 * Songs that were listened to in their first 30 days, earliest release first, where every one of these days was imported listen by listen. Listeners
 * are counted in two steps, the first by listener: on Citus it runs where a listener's plays are.
 */
export async function scoreOutcomes(sql: Sql): Promise<OutcomeRow[]> {
  return await sql<OutcomeRow[]>`
    with released as (
      select s.id, s.release_date from song s
      where (select count(distinct day) from ingest_day i where i.kind = 'plays' and i.day between s.release_date and s.release_date + 29) = 30
    ),
    heard as (
      select p.song_id, p.listener_id, count(*) as plays
      from play p join released r on r.id = p.song_id and p.day between r.release_date and r.release_date + 29
      group by p.song_id, p.listener_id
    ),
    outcome as (select song_id, count(*) as listeners, sum(plays)::bigint as plays from heard group by song_id)
    select s.external_id as id, s.title, a.external_id as "artistId", a.name as artist, s.isrc, s.release_date::text as "releaseDate", o.listeners, o.plays
    from outcome o join song s on s.id = o.song_id join artist a on a.id = s.artist_id
    order by s.release_date, s.id`;
}
