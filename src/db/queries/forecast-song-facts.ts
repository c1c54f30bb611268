import type { Sql } from 'postgres';

export type SongFacts = { id: number; artistId: number; genre: string | null; artistPlays: number };

/** What a backtest is broken down by: genre (the artist's where the song has none), and all counted plays of the artist. */
export async function findSongFacts(sql: Sql, ids: readonly number[]): Promise<SongFacts[]> {
  return await sql<SongFacts[]>`
    with wanted as (select id, artist_id, genre from song where id = any(${[...ids]}::int[])),
    size as (
      select s.artist_id, sum(d.plays)::float8 as plays from song s join counted_song_day d on d.song_id = s.id
      where s.artist_id in (select artist_id from wanted) group by 1
    )
    select w.id, w.artist_id as "artistId", coalesce(w.genre, a.genre) as genre, coalesce(size.plays, 0) as "artistPlays"
    from wanted w join artist a on a.id = w.artist_id left join size on size.artist_id = w.artist_id`;
}
