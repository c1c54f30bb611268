import type { Sql } from 'postgres';

/** `tier`: 0 id, 1 exact, 2 prefix, 3 similar. */
export type SongHit = { id: number; externalId: string; title: string; artist: string; releaseDate: string; tier: number; similarity: number };

/** What was typed: as it is, folded, and folded again as every artist-and-title it could be split into. */
export type SongQuery = { raw: string; key: string; splits: { artist: string; title: string }[] };

/**
 * Every way a song can be meant, best first. Each branch is one index scan with its own limit (id, title btree, title trigrams), and the
 * trigrams, which cost most, are only looked up when no id or title fits: 300k songs 5-10 ms, with trigrams up to 200 ms.
 */
export async function searchSongs(sql: Sql, { raw, key, splits }: SongQuery, limit: number): Promise<SongHit[]> {
  return await sql<SongHit[]>`
    with split as (
      select * from unnest(${splits.map(({ artist }) => artist)}::text[], ${splits.map(({ title }) => title)}::text[], ${splits.map(({ title }) => startsWith(title))}::text[])
        as s(artist, title, title_prefix)
    ),
    sure as (
      select id, 0 as tier, 1::real as similarity from song where external_id = ${raw}
      union all
      (select id, 1, 1 from song where title_key = ${key} order by id limit ${limit})
      union all
      (select s.id, 1, 1 from split p join artist a on a.name_key = p.artist join song s on s.artist_id = a.id and s.title_key = p.title limit ${limit})
    ),
    hit as (
      select id, tier, similarity from sure
      union all
      (select id, 2, similarity(title_key, ${key}) from song where title_key like ${startsWith(key)} order by length(title_key), id limit ${limit})
      union all
      (select s.id, 2, similarity(s.title_key, p.title) from split p join artist a on a.name_key = p.artist
        join song s on s.artist_id = a.id and s.title_key like p.title_prefix order by length(s.title_key), s.id limit ${limit})
      union all
      (select id, 3, similarity(title_key, ${key}) as likeness from song where not exists (select from sure) and title_key % ${key} order by likeness desc, id limit ${limit})
      union all
      (select s.id, 3, (similarity(a.name_key, p.artist) + similarity(s.title_key, p.title)) / 2 as likeness from split p join artist a on a.name_key % p.artist
        join song s on s.artist_id = a.id where not exists (select from sure) and similarity(s.title_key, p.title) >= 0.3 order by likeness desc, s.id limit ${limit})
    ),
    best as (select id, min(tier) as tier, max(similarity) as similarity from hit group by id order by 2, 3 desc, 1 limit ${limit})
    ${named(sql)}`;
}

/**
 * When nothing else was found: titles that contain what was typed, or begin with the same character. Reads every title (300k: about
 * 0.1 s), so that a slip in a two-character title still gets an answer.
 */
export async function searchSongsLoosely(sql: Sql, key: string, limit: number): Promise<SongHit[]> {
  const [first = ''] = key;
  return await sql<SongHit[]>`
    with best as (
      select id, 3 as tier, similarity(title_key, ${key}) as similarity from song
      where title_key like ${`%${startsWith(key)}`} or title_key like ${startsWith(first)}
      order by title_key like ${`%${startsWith(key)}`} desc, 3 desc, abs(length(title_key) - ${key.length}), id limit ${limit}
    )
    ${named(sql)}`;
}

/** The pattern of what begins with a text, its own wildcards meant literally. */
export const startsWith = (text: string): string => `${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;

const named = (sql: Sql) => sql`
  select s.id, s.external_id as "externalId", s.title, a.name as artist, b.tier, b.similarity,
    coalesce(s.release_date, (select min(day) from song_day d where d.song_id = s.id and d.plays > 0))::text as "releaseDate"
  from best b join song s on s.id = b.id join artist a on a.id = s.artist_id
  order by b.tier, b.similarity desc, length(s.title_key), s.id`;
