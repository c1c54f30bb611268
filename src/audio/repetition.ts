import { CHROMA_CLASSES } from './chroma.ts';
import type { SongFrames } from './song-frames.ts';

const SEGMENT_SECONDS = 8;
const NEAREST_REPEAT_SECONDS = 12;

/** Mean cosine of the closest repeat, below which nothing comes again: noise and rain reach 0.4, 98 % of songs more than 0.68. */
const LEAST_SIMILARITY = 0.6;

/** The first quarter of a song is seldom chorus: at its very start this much is taken off, less and less towards a quarter. */
const EARLY_PENALTY = 0.3;

/**
 * How strongly each frame's surroundings come again elsewhere in the song: the mean of its two best repeats, each an 8 s diagonal
 * of the self-similarity at least 12 s away, in units of the song's own median and 95th percentile, less a penalty at the start.
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
  const repeats = createRepeats(starts, segment);
  const spread = createSpread();
  const along = new Float64Array(starts);
  for (let lag = nearest; lag < starts; lag++) {
    diagonal(song, lag, segment, along);
    for (let start = 0; start + lag < starts; start++) {
      const similarity = along[start] as number;
      repeats.offer(start, start + lag, similarity);
      repeats.offer(start + lag, start, similarity);
      spread.add(similarity);
    }
  }
  if (repeats.highest() < LEAST_SIMILARITY) return undefined;
  const median = spread.quantile(0.5);
  const unit = Math.max(spread.quantile(0.95) - median, 1e-3);
  const scores = repeats.means().map((mean) => (mean - median) / unit);
  return toFrames(scores, segment).map((score, frame) => score - EARLY_PENALTY * Math.max(0, 1 - (4 * frame) / song.count));
}

/** Mean similarity over `segment` frames of the two places `start` and `start + lag`, for every start. */
function diagonal({ vectors, count }: SongFrames, lag: number, segment: number, into: Float64Array): void {
  const ring = new Float64Array(segment);
  let sum = 0;
  for (let frame = 0; frame + lag < count; frame++) {
    let cosine = 0;
    const a = frame * CHROMA_CLASSES;
    const b = a + lag * CHROMA_CLASSES;
    for (let c = 0; c < CHROMA_CLASSES; c++) cosine += (vectors[a + c] as number) * (vectors[b + c] as number);
    sum += cosine - (ring[frame % segment] as number);
    ring[frame % segment] = cosine;
    if (frame >= segment - 1) into[frame - segment + 1] = sum / segment;
  }
}

/** For every place its two most similar others that stand at least `apart` from each other. */
function createRepeats(places: number, apart: number) {
  const value = [new Float64Array(places).fill(-1), new Float64Array(places).fill(-1)] as const;
  const at = [new Float64Array(places).fill(-Infinity), new Float64Array(places).fill(-Infinity)] as const;
  const put = (rank: 0 | 1, place: number, other: number, similarity: number) => {
    value[rank][place] = similarity;
    at[rank][place] = other;
  };
  return {
    offer(place: number, other: number, similarity: number) {
      const first = value[0][place] as number;
      if (similarity <= (value[1][place] as number)) return;
      const besideFirst = Math.abs(other - (at[0][place] as number)) < apart;
      if (similarity <= first) {
        if (!besideFirst) put(1, place, other, similarity);
        return;
      }
      if (!besideFirst) put(1, place, at[0][place] as number, first);
      put(0, place, other, similarity);
    },
    highest: () => value[0].reduce((most, similarity) => Math.max(most, similarity), -1),
    means: () => value[0].map((first, place) => (first + (value[1][place] as number)) / 2),
  };
}

/** Quantiles of many similarities (-1..1) to 0.001, in fixed memory. */
function createSpread() {
  const counts = new Uint32Array(2001);
  let total = 0;
  return {
    add(similarity: number) {
      const bin = Math.round(1000 + 1000 * similarity);
      counts[bin] = (counts[bin] ?? 0) + 1;
      total++;
    },
    quantile(q: number) {
      let below = 0;
      const bin = counts.findIndex((count) => (below += count) > q * (total - 1));
      return bin / 1000 - 1;
    },
  };
}

/** From segment starts to frames: each frame takes the mean of the segments that contain it. */
function toFrames(scores: Float64Array, segment: number): Float64Array {
  const padded = new Float64Array(scores.length + 2 * (segment - 1));
  for (let i = 0; i < padded.length; i++) padded[i] = scores[Math.min(scores.length - 1, Math.max(0, i - segment + 1))] as number;
  return boxMeans(padded, segment);
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
