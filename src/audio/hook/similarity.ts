import { CHROMA_CLASSES } from '../chroma.ts';
import type { SongFrames } from '../song-frames.ts';

/** Places nearer than this are one passage that goes on, not a repeat. */
export const NEAREST_REPEAT_SECONDS = 12;

/** How alike the surroundings of any two frames are: row-major [count][count], symmetric. */
export type Similarity = { count: number; values: Float32Array; /** Median and 95th percentile of places at least 12 s apart. */ median: number; high: number };

/** Cosines of all pairs of frames, one diagonal (lag) after the other; diagonal `lag` has count - lag of them. */
export type Cosines = { count: number; secondsPerFrame: number; diagonals: Float32Array[] };

export function cosinesOf({ vectors, count, secondsPerFrame }: SongFrames): Cosines {
  const diagonals = Array.from({ length: count }, (_, lag) => new Float32Array(count - lag));
  diagonals.forEach((diagonal, lag) => {
    for (let frame = 0; frame < diagonal.length; frame++) {
      const a = frame * CHROMA_CLASSES;
      const b = a + lag * CHROMA_CLASSES;
      let cosine = 0;
      for (let c = 0; c < CHROMA_CLASSES; c++) cosine += (vectors[a + c] as number) * (vectors[b + c] as number);
      diagonal[frame] = cosine;
    }
  });
  return { count, secondsPerFrame, diagonals };
}

/**
 * Mean cosine along the diagonal of the self-similarity, over `seconds` centred on the two frames (what is there of them at the edges,
 * but never less than three quarters). Divided by the song's own spread: 0 is its median, 1 its 95th percentile.
 * Source: Bartsch & Wakefield, "To catch a chorus", WASPAA 2001.
 */
export function similarityOver({ count, secondsPerFrame, diagonals }: Cosines, seconds: number): Similarity {
  const values = new Float32Array(count * count);
  const half = Math.max(1, Math.round(seconds / secondsPerFrame / 2));
  const sums = new Float64Array(count + 1);
  diagonals.forEach((diagonal, lag) => {
    const { length } = diagonal;
    for (let i = 0; i < length; i++) sums[i + 1] = (sums[i] as number) + (diagonal[i] as number);
    for (let at = 0; at < length; at++) {
      const from = Math.max(0, at - half);
      const to = Math.min(length, at + half + 1);
      const mean = ((sums[to] as number) - (sums[from] as number)) / Math.max(to - from, 0.75 * (2 * half + 1));
      values[at * count + at + lag] = mean;
      values[(at + lag) * count + at] = mean;
    }
  });
  const nearest = Math.round(NEAREST_REPEAT_SECONDS / secondsPerFrame);
  const [median, high] = spreadOf(values, count, nearest);
  const scale = 1 / Math.max(high - median, 1e-3);
  for (let i = 0; i < values.length; i++) values[i] = ((values[i] as number) - median) * scale;
  return { count, values, median, high };
}

function spreadOf(values: Float32Array, count: number, nearest: number): [number, number] {
  const sample: number[] = [];
  for (let row = 0; row < count; row++) for (let column = row + nearest + (row % 7); column < count; column += 7) sample.push(values[row * count + column] as number);
  if (sample.length === 0) return [0, 0];
  const sorted = Float32Array.from(sample).sort();
  return [sorted[Math.floor(0.5 * sorted.length)] as number, sorted[Math.floor(0.95 * sorted.length)] as number];
}
