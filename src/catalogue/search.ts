import type { Database } from '../db/client.ts';
import { searchArtists } from '../db/queries/search-artists.ts';
import { searchSongs, searchSongsLoosely, type SongHit } from '../db/queries/search-songs.ts';
import type { SongRef } from '../forecast/types.ts';
import { searchKey } from './fold.ts';

/** `similarity` is 0..1, of what was typed to the title. */
export type Match = { how: 'id' | 'exact' | 'prefix' | 'similar'; similarity: number };
/** `releaseDate` is the first day with plays where none was imported, and '' where there are no plays either. */
export type SongMatch = SongRef & Match;
export type ArtistMatch = { id: number; externalId: string; name: string } & Match;

const HOW = ['id', 'exact', 'prefix', 'similar'] as const;
const LONGEST_QUERY = 200;
const MOST_SPLITS = 12;

/**
 * Songs that a person may mean by an id, a title, or title and artist in either order ("晴天 周杰倫", "Jay Chou - Sunny Day"): first
 * by id, then exact titles, then prefixes, then similar ones. Case, width and spaces don't matter.
 *
 * @param options.limit at most this many, 5 by default
 * @example (await findSongs(db, '晴'))[0] // { title: '晴天', how: 'prefix', similarity: 0.25, ... }
 */
export async function findSongs(db: Database, query: string, { limit = 5 }: { limit?: number } = {}): Promise<SongMatch[]> {
  const raw = typed(query);
  const key = searchKey(raw);
  if (key === '') return [];
  const hits = await searchSongs(db.sql, { raw, key, splits: splitsOf(key) }, limit);
  return (hits.length > 0 ? hits : await searchSongsLoosely(db.sql, key, limit)).map(songMatch);
}

/** Artists by id, name, prefix or similarity; only those who have a song. */
export async function findArtists(db: Database, query: string, { limit = 5 }: { limit?: number } = {}): Promise<ArtistMatch[]> {
  const raw = typed(query);
  const key = searchKey(raw);
  if (key === '') return [];
  const hits = await searchArtists(db.sql, raw, key, limit);
  return hits.map(({ tier, ...artist }) => ({ ...artist, how: HOW[tier] ?? 'similar' }));
}

/**
 * The one song that is meant: an id wins, then a single exact title. Everything else is a choice for the person, nearest first; two
 * artists with the same title are a choice too.
 *
 * @example await resolveSong(db, 'no such song') // { candidates: [] }
 */
export async function resolveSong(db: Database, query: string, options: { limit?: number } = {}): Promise<{ song: SongRef } | { candidates: SongMatch[] }> {
  const matches = await findSongs(db, query, options);
  const [first, second] = matches;
  const certain = first?.how === 'id' || (first?.how === 'exact' && second?.how !== 'exact');
  if (!first || !certain) return { candidates: matches };
  const { id, externalId, title, artist, releaseDate } = first;
  return { song: { id, externalId, title, artist, releaseDate } };
}

/** Without control characters: PostgreSQL has no NUL in text. */
const typed = (query: string): string => query.replace(/\p{Cc}/gu, ' ').trim().slice(0, LONGEST_QUERY);

const songMatch = ({ tier, ...song }: SongHit): SongMatch => ({ ...song, releaseDate: song.releaseDate ?? '', how: HOW[tier] ?? 'similar' });

/** "a b c" as a | b c and a b | c, each half once the artist and once the title; with a dash, only there. */
function splitsOf(key: string): { artist: string; title: string }[] {
  const words = key.split(' ');
  const dash = words.findIndex((word, at) => /^[-–—/|·]$/.test(word) && at > 0 && at < words.length - 1);
  const cuts = dash > 0 ? [[words.slice(0, dash), words.slice(dash + 1)]] : words.slice(1, MOST_SPLITS + 1).map((_, at) => [words.slice(0, at + 1), words.slice(at + 1)]);
  return cuts.flatMap(([left = [], right = []]) => {
    const [before, after] = [left.join(' '), right.join(' ')];
    return [{ artist: before, title: after }, { artist: after, title: before }];
  });
}
