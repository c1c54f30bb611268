import { CHROMA_CLASSES } from '../chroma.ts';
import type { SongFrames } from '../song-frames.ts';

const HALF = CHROMA_CLASSES / 2;

/** The same frames with the treble classes alone: a verse may share the chorus's bass, seldom its melody. */
export function trebleOf(song: SongFrames): SongFrames {
  const vectors = new Float32Array(song.vectors.length);
  for (let at = HALF; at < vectors.length; at += CHROMA_CLASSES) {
    const row = song.vectors.subarray(at, at + HALF);
    const power = row.reduce((sum, value) => sum + value * value, 0);
    if (power > 1e-12) vectors.set(row.map((value) => value / Math.sqrt(power)), at);
  }
  return { ...song, vectors };
}
