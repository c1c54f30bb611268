import { resolveSong } from '../catalogue/search.ts';
import type { Database } from '../db/client.ts';
import { UserError } from '../errors.ts';
import type { SongRef } from '../forecast/types.ts';

/** No single song is meant: `choices` are the nearest, for a program to choose from. */
export class SongUnclear extends UserError {
  readonly choices: { id: string; title: string; artist: string }[];

  constructor(query: string, candidates: readonly SongRef[]) {
    const nearest = candidates.map((song) => `${song.externalId}  ${song.title} — ${song.artist}`);
    super(nearest.length > 0 ? 'song-unclear' : 'song-not-found', { query, nearest: nearest.join('\n') });
    this.choices = candidates.map(({ externalId, title, artist }) => ({ id: externalId, title, artist }));
  }
}

/**
 * The one song that a query names.
 * @throws SongUnclear `song-unclear` with the nearest songs and their ids, `song-not-found` when nothing is near.
 */
export async function findSong(db: Database, query: string): Promise<SongRef> {
  const found = await resolveSong(db, query);
  if ('song' in found) return found.song;
  throw new SongUnclear(query, found.candidates);
}
