import { resolveSong } from '../catalogue/search.ts';
import type { Database } from '../db/client.ts';
import { UserError } from '../errors.ts';
import type { SongRef } from '../forecast/types.ts';

/**
 * The one song that a query names.
 * @throws UserError `song-unclear` with the nearest songs and their ids, `song-not-found` when nothing is near.
 */
export async function findSong(db: Database, query: string): Promise<SongRef> {
  const found = await resolveSong(db, query);
  if ('song' in found) return found.song;
  const nearest = found.candidates.map((song) => `${song.externalId}  ${song.title} — ${song.artist}`);
  throw new UserError(nearest.length > 0 ? 'song-unclear' : 'song-not-found', { query, nearest: nearest.join('\n') });
}
