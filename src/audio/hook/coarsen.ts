import { CHROMA_CLASSES } from '../chroma.ts';
import type { SongFrames } from '../song-frames.ts';

/** Self-similarity costs time and memory with the square of the length: beyond this, frames are joined. */
const LONGEST_FINE_SECONDS = 900;

/** Songs of more than 15 minutes with 2 (30 minutes: 3, ...) frames averaged into one; others as they are. */
export function coarsen(song: SongFrames): SongFrames {
  const joined = Math.ceil((song.count * song.secondsPerFrame) / LONGEST_FINE_SECONDS);
  if (joined <= 1) return song;
  const count = Math.floor(song.count / joined);
  const vectors = new Float32Array(count * CHROMA_CLASSES);
  const power = new Float64Array(count);
  for (let frame = 0; frame < count; frame++) {
    const row = vectors.subarray(frame * CHROMA_CLASSES, (frame + 1) * CHROMA_CLASSES);
    for (let from = frame * joined; from < (frame + 1) * joined; from++) {
      power[frame] = (power[frame] as number) + (song.power[from] as number) / joined;
      for (let c = 0; c < CHROMA_CLASSES; c++) row[c] = (row[c] as number) + (song.vectors[from * CHROMA_CLASSES + c] as number);
    }
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (norm > 1e-9) for (let c = 0; c < CHROMA_CLASSES; c++) row[c] = (row[c] as number) / norm;
  }
  return { ...song, count, vectors, power, secondsPerFrame: song.secondsPerFrame * joined };
}
