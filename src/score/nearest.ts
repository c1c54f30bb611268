import type { ReferenceSong } from './reference-songs.ts';
import type { NearestSong } from './types.ts';

/**
 * The songs that sound most like a clip to the model: by the cosine of their embeddings, most alike first; equals keep their order.
 * @param embedding of the clip; where it or a song's is all zeros there is nothing to compare, and the song is left out
 */
export function nearestSongs(embedding: readonly number[], songs: readonly ReferenceSong[], count = 5): NearestSong[] {
  return songs
    .map((song) => ({ song, similarity: cosine(embedding, song.embedding) }))
    .filter(({ similarity }) => Number.isFinite(similarity))
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, count)
    .map(({ song: { embedding: _embedding, ...song }, similarity }) => ({ ...song, similarity }));
}

/** @returns -1 to 1; NaN where one of them has no direction. @example cosine([1, 0], [1, 1]) // 0.7071 */
function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
