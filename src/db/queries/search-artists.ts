import type { Sql } from 'postgres';
import { startsWith } from './search-songs.ts';

export type ArtistHit = { id: number; externalId: string; name: string; tier: number; similarity: number };

/** Artists who have a song, by id, exact name, prefix and similarity, best first; the same branches as for songs. */
export async function searchArtists(sql: Sql, raw: string, key: string, limit: number): Promise<ArtistHit[]> {
  return await sql<ArtistHit[]>`
    with hit as (
      select id, 0 as tier, 1::real as similarity from artist where external_id = ${raw}
      union all
      select id, 1, 1 from artist where name_key = ${key}
      union all
      (select id, 2, similarity(name_key, ${key}) from artist where name_key like ${startsWith(key)} order by length(name_key), id limit ${limit})
      union all
      (select id, 3, similarity(name_key, ${key}) as likeness from artist where name_key % ${key} order by likeness desc, id limit ${limit})
    ),
    best as (select id, min(tier) as tier, max(similarity) as similarity from hit group by id)
    select a.id, a.external_id as "externalId", a.name, b.tier, b.similarity from best b join artist a on a.id = b.id
    where exists (select from song s where s.artist_id = a.id)
    order by b.tier, b.similarity desc, length(a.name_key), a.id limit ${limit}`;
}
