import { CHROMA_CLASSES } from './chroma.ts';
import type { SongFrames } from './song-frames.ts';

const SEGMENT_SECONDS = 12;
const NEAREST_REPEAT_SECONDS = 12;
const REPEATS_COUNTED = 3;

/** Mean cosine that the best repeat must have above the song's median. */
const LEAST_CONTRAST = 0.1;

/**
 * How strongly each frame's surroundings come again elsewhere in the song: the mean of its three best repeats, each a 12 s diagonal
 * of the self-similarity at least 12 s away, in units of the song's own median and 95th percentile.
 * Source: Bartsch & Wakefield, "To catch a chorus", WASPAA 2001.
 *
 * @returns one score per frame (0 = as similar as any two places, 1 = among the most similar 5 %); undefined when the song is too short
 *   to hold a repeat or nothing in it comes again.
 */
export function repetition(song: SongFrames): Float64Array | undefined {
  const segment = Math.round(SEGMENT_SECONDS / song.secondsPerFrame);
  const nearest = Math.round(NEAREST_REPEAT_SECONDS / song.secondsPerFrame);
  const starts = song.count - segment + 1;
  if (starts <= nearest) return undefined;
  const best = Array.from({ length: starts }, () => createBest());
  const sampled: number[] = [];
  for (let lag = nearest; lag < starts; lag++) {
    const along = diagonal(song, lag, segment);
    along.forEach((value, start) => {
      best[start]?.offer(value, start + lag, segment);
      best[start + lag]?.offer(value, start, segment);
      if ((start * 7 + lag) % 5 === 0) sampled.push(value);
    });
  }
  const scores = relative(Float64Array.from(best, (it) => it.mean()), Float64Array.from(sampled));
  return scores && spread(scores, song.count, segment);
}

/** In units of the song's own spread; undefined when its best places hardly stand out from any two others. */
function relative(scores: Float64Array, all: Float64Array): Float64Array | undefined {
  all.sort();
  const median = all[Math.floor(all.length / 2)] ?? 0;
  const high = all[Math.floor(0.95 * all.length)] ?? 0;
  const best = scores.reduce((most, score) => Math.max(most, score), -1);
  if (best - median < LEAST_CONTRAST) return undefined;
  return scores.map((score) => (score - median) / Math.max(high - median, 1e-6));
}

/** From segment starts to frames: each frame takes the mean of the segments that contain it. */
function spread(scores: Float64Array, count: number, segment: number): Float64Array {
  const padded = new Float64Array(count + segment - 1);
  for (let i = 0; i < padded.length; i++) padded[i] = scores[Math.min(scores.length - 1, Math.max(0, i - segment + 1))] as number;
  return boxMeans(padded, segment);
}

/** Mean similarity over `segment` frames of the two places `start` and `start + lag`, for every start. */
function diagonal({ vectors, count }: SongFrames, lag: number, segment: number): Float64Array {
  const similarity = new Float64Array(count - lag);
  for (let frame = 0; frame < similarity.length; frame++) {
    let sum = 0;
    for (let c = 0; c < CHROMA_CLASSES; c++) sum += (vectors[frame * CHROMA_CLASSES + c] as number) * (vectors[(frame + lag) * CHROMA_CLASSES + c] as number);
    similarity[frame] = sum;
  }
  return boxMeans(similarity, segment);
}

/** @example boxMeans(Float64Array.of(1, 3, 5), 2) // [2, 4] */
export function boxMeans(values: Float64Array, width: number): Float64Array {
  const means = new Float64Array(Math.max(0, values.length - width + 1));
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += (values[i] as number) - (i >= width ? (values[i - width] as number) : 0);
    if (i >= width - 1) means[i - width + 1] = sum / width;
  }
  return means;
}

/** Keeps the strongest repeats that stand apart from each other. */
function createBest() {
  const kept: { value: number; at: number }[] = [];
  return {
    offer(value: number, at: number, apart: number) {
      const rival = kept.findIndex((it) => Math.abs(it.at - at) < apart);
      if (rival >= 0) {
        if (value <= (kept[rival]?.value ?? 0)) return;
        kept.splice(rival, 1);
      }
      if (kept.length === REPEATS_COUNTED && value <= (kept.at(-1)?.value ?? 0)) return;
      kept.splice(kept.findLastIndex((it) => it.value >= value) + 1, 0, { value, at });
      if (kept.length > REPEATS_COUNTED) kept.pop();
    },
    mean: () => kept.reduce((sum, it) => sum + it.value, 0) / REPEATS_COUNTED,
  };
}
