import type { Database } from '../../db/client.ts';
import { searchKey } from '../fold.ts';
import { readDay, readId, readOptionalText, readText } from './cells.ts';
import { NO_DAYS, type Kind } from './kind.ts';
import { load, type Rows } from './load.ts';
import type { ImportSummary, LoadOptions, SongRow } from './rows.ts';

type Column = 'id' | 'title' | 'artist' | 'artistId' | 'releaseDate' | 'genre' | 'language' | 'isrc';

/** A date known to the year or month only does not say which day is day 0, so it counts as absent. */
const readRelease = (text: string) => (text === '' || /^\d{4}([-/]\d{1,2})?$/.test(text) ? undefined : readDay(text));

/** Songs and, through them, their artists. A later import changes what differs; a cell left empty keeps what was known. */
export const songs: Kind<SongRow, Column> = {
  name: 'songs',
  columns: {
    id: { also: ['song_id', 'track_id', 'song', 'track'], required: true },
    title: { also: ['song_title', 'track_title', 'song_name', 'track_name', 'name', '歌名', '曲名', '歌曲名稱'] },
    artist: { also: ['artist_name', 'singer', 'artists', '歌手', '演出者', '藝人'] },
    artistId: { also: ['artist_id', 'singer_id'] },
    releaseDate: { also: ['release_date', 'publish_date', 'released', 'release', '發行日', '發行日期'] },
    genre: { also: ['genres', 'style', '曲風', '類型'] },
    language: { also: ['lang', '語言', '語種'] },
    isrc: { also: [] },
  },
  read(cells) {
    const id = readId(cells('id'));
    return {
      id,
      title: cells.has('title') ? readText(cells('title')) : undefined,
      artist: readText(cells('artist')),
      artistId: readOptionalText(cells('artistId')),
      releaseDate: readRelease(cells('releaseDate')),
      genre: readOptionalText(cells('genre')),
      language: readOptionalText(cells('language')),
      isrc: readOptionalText(cells('isrc')),
    };
  },
  stage: 'id text, untitled bool, title text, title_key text, artist_id text, artist text, artist_key text, release_date date, genre text, language text, isrc text',
  values: (row) => [
    row.id,
    row.title === '' ? 't' : 'f',
    row.title || null,
    searchKey(row.title || row.id),
    row.artistId ?? null,
    row.artist || null,
    searchKey(row.artist || row.artistId || ''),
    row.releaseDate ?? null,
    row.genre ?? null,
    row.language ?? null,
    row.isrc ?? null,
  ],

  async check({ sql }) {
    await sql`
      with refused as (
        update stage t set reason = 'empty-title' where reason is null and untitled and not exists (select from song s where s.external_id = t.id) returning file, line, id)
      insert into rejected select file, line, 'empty-title', id from refused`;
    await sql`
      create temp table judged as
      select *, row_number() over same as nth,
        row(title, artist_id, artist, release_date, genre, language, isrc) is distinct from
        row(first_value(title) over same, first_value(artist_id) over same, first_value(artist) over same, first_value(release_date) over same,
          first_value(genre) over same, first_value(language) over same, first_value(isrc) over same) as differs
      from stage where reason is null
      window same as (partition by id order by file, line)`;
    await sql`insert into rejected select file, line, 'conflict', id from judged where differs`;
    const [repeats] = await sql<{ n: number }[]>`select count(*) as n from judged where nth > 1 and not differs`;
    // An artist without an id is the known one of that name (the song's own before others), or one whose id is made of the name.
    await sql`
      create temp table checked as
      select j.file, j.line, j.id, coalesce(j.title, s.title, j.id) as title, case when j.title is null and s.id is not null then s.title_key else j.title_key end as title_key,
        j.artist, j.artist_key, j.release_date, j.genre, j.language, j.isrc,
        coalesce(j.artist_id,
          case when j.artist is null then (select external_id from artist where id = s.artist_id)
            else coalesce((select external_id from artist a where a.name_key = j.artist_key order by (a.id = s.artist_id) desc nulls last, a.id limit 1), 'name:' || j.artist_key) end) as artist_id
      from judged j left join song s on s.external_id = j.id where nth = 1`;
    await sql`insert into rejected select file, line, 'empty-artist', id from checked where artist_id is null`;
    await sql`delete from checked where artist_id is null`;
    await sql`analyze checked`;
    return { repeated: repeats?.n ?? 0, short: 0 };
  },

  async apply({ sql }) {
    return await sql.begin(async (sql) => {
      await sql`
        insert into artist (external_id, name, name_key)
        select distinct on (c.artist_id) c.artist_id, coalesce(c.artist, a.name, c.artist_id), case when c.artist is null then coalesce(a.name_key, c.artist_key) else c.artist_key end
        from checked c left join artist a on a.external_id = c.artist_id order by c.artist_id, c.artist is null, c.file, c.line
        on conflict (external_id) do update set name = excluded.name, name_key = excluded.name_key where artist.name <> excluded.name`;
      const [counts] = await sql<{ total: number; known: number }[]>`
        select count(*) as total, count(s.id) as known from checked c left join song s on s.external_id = c.id`;
      const written = await sql`
        insert into song as old (external_id, artist_id, title, title_key, release_date, genre, language, isrc)
        select c.id, a.id, c.title, c.title_key, c.release_date, c.genre, c.language, c.isrc from checked c join artist a on a.external_id = c.artist_id
        order by c.file, c.line
        on conflict (external_id) do update set
          artist_id = excluded.artist_id, title = excluded.title, title_key = excluded.title_key,
          release_date = coalesce(excluded.release_date, old.release_date), genre = coalesce(excluded.genre, old.genre),
          language = coalesce(excluded.language, old.language), isrc = coalesce(excluded.isrc, old.isrc)
        where (old.artist_id, old.title, old.release_date, old.genre, old.language, old.isrc) is distinct from
          (excluded.artist_id, excluded.title, coalesce(excluded.release_date, old.release_date), coalesce(excluded.genre, old.genre),
            coalesce(excluded.language, old.language), coalesce(excluded.isrc, old.isrc))`;
      await sql`
        update artist set genre = usual.genre
        from (select s.artist_id, mode() within group (order by s.genre) as genre from song s
          where s.artist_id in (select a.id from artist a join checked c on c.artist_id = a.external_id) group by s.artist_id) usual
        where usual.artist_id = artist.id and usual.genre is distinct from artist.genre`;
      if (written.count > 0) await sql`insert into song_revision as old (revision) values (1) on conflict (one) do update set revision = old.revision + 1`;
      const { total = 0, known = 0 } = counts ?? {};
      const added = total - known;
      return { added, replaced: written.count - added, unchanged: total - written.count, days: NO_DAYS, shrunk: [] };
    });
  },
};

/** Loads songs and their artists; ids that are known already are updated. */
export async function loadSongs(db: Database, rows: Rows<SongRow>, options: Partial<LoadOptions> = {}): Promise<ImportSummary> {
  return await load(db, songs, rows, options);
}
