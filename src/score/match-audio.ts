import { searchKey } from '../catalogue/fold.ts';

/** A song that can be learned from, as files may name it. */
export type NamedSong = { id: string; title: string; artist: string; isrc: string | null };
export type AudioTags = { title?: string | undefined; artist?: string | undefined; isrc?: string | undefined };

/** A shorter id at the beginning of a name may as well be a track number. */
const SHORTEST_ID_PREFIX = 4;
const ISRC = /[A-Z]{2}-?[A-Z0-9]{3}-?\d{2}-?\d{5}/i;

/**
 * Finds the song that an audio file holds. In order of trust: the whole name is a song's id; the name begins with one (of 4 characters or more) before
 * some character that is no letter or digit; the name or a tag has a song's ISRC; the name is "Artist - Title", a track number before it aside; the
 * tags say artist and title. Of several songs that fit, the first of `songs` is taken.
 *
 * @param songs earliest release first, so that a recording released again counts by its first outcome.
 * @example createMatcher([{ id: 'S0012', title: 'One', artist: 'A', isrc: null }])('S0012_master') // 'S0012'
 */
export function createMatcher(songs: readonly NamedSong[]): (name: string, tags?: AudioTags) => string | undefined {
  const byId = firstOf(songs, ({ id }) => searchKey(id));
  const byIsrc = firstOf(songs, ({ isrc }) => isrc && plainIsrc(isrc));
  const byNames = firstOf(songs, ({ artist, title }) => namesKey(artist, title));
  const isrcIn = (text: string | undefined) => byIsrc.get(plainIsrc(ISRC.exec(text ?? '')?.[0] ?? ''));
  return (name, tags = {}) => {
    const named = byId.get(searchKey(name)) ?? byPrefix(byId, name) ?? isrcIn(name) ?? isrcIn(tags.isrc) ?? byParts(byNames, name);
    return named ?? (tags.artist && tags.title ? byNames.get(namesKey(tags.artist, tags.title)) : undefined);
  };
}

function firstOf(songs: readonly NamedSong[], keyOf: (song: NamedSong) => string | null): Map<string, string> {
  const ids = new Map<string, string>();
  for (const song of songs) {
    const key = keyOf(song);
    if (key && !ids.has(key)) ids.set(key, song.id);
  }
  return ids;
}

/** The longest id that the name begins with. */
function byPrefix(byId: ReadonlyMap<string, string>, name: string): string | undefined {
  const ends = [...name.matchAll(/[^\p{L}\p{N}]/gu)].map(({ index }) => index).filter((end) => end >= SHORTEST_ID_PREFIX);
  for (const end of ends.reverse()) {
    const id = byId.get(searchKey(name.slice(0, end)));
    if (id !== undefined) return id;
  }
  return undefined;
}

function byParts(byNames: ReadonlyMap<string, string>, name: string): string | undefined {
  for (const words of [name, name.replace(/^\d{1,3}[.\s_-]+/, '')])
    for (const { index, 0: dash } of words.matchAll(/\s+[-–—]\s+/g)) {
      const id = byNames.get(namesKey(words.slice(0, index), words.slice(index + dash.length)));
      if (id !== undefined) return id;
    }
  return undefined;
}

const namesKey = (artist: string, title: string) => `${searchKey(artist)}\n${searchKey(title)}`;

/** @example plainIsrc('tw-a01-26-00001') // 'TWA012600001' */
const plainIsrc = (isrc: string) => isrc.replaceAll('-', '').toUpperCase();
