import type { Sql } from 'postgres';
import { wanted, type ListenerQuestion } from './trajectory-listeners.ts';

/** How many songs the artist had released before this one, and how many days before it the last of them. */
export type ArtistReleases = { songId: number; artistId: number; earlier: number; daysSince: number | null };

/** Only songs with an imported release date count as released. Reads reference tables alone. */
export async function artistReleases(sql: Sql, songs: readonly ListenerQuestion[]): Promise<ArtistReleases[]> {
  return await sql<ArtistReleases[]>`
    select w.song_id as "songId", own.artist_id as "artistId", count(other.id) as earlier, min(w.release) - max(other.release_date) as "daysSince"
    from ${wanted(sql, songs)} join song own on own.id = w.song_id
      left join song other on other.artist_id = own.artist_id and other.release_date < w.release
    group by w.song_id, own.artist_id`;
}
