import { NEAREST_REPEAT_SECONDS, type Similarity } from './similarity.ts';

/** Repeats closer to each other than this are one. */
const APART_SECONDS = 8;

/** The strongest places where each frame comes again, strongest first: [count][kept], value NaN and frame -1 where there are fewer. */
export type Repeats = { kept: number; at: Int32Array; value: Float32Array };

/** The `kept` highest peaks of each row of the similarity that stand apart from each other and from the frame itself. */
export function repeatsOf({ count, values }: Similarity, secondsPerFrame: number, kept: number): Repeats {
  const nearest = Math.round(NEAREST_REPEAT_SECONDS / secondsPerFrame);
  const apart = Math.round(APART_SECONDS / secondsPerFrame);
  const at = new Int32Array(count * kept).fill(-1);
  const value = new Float32Array(count * kept).fill(NaN);
  for (let frame = 0; frame < count; frame++) {
    const row = values.subarray(frame * count, (frame + 1) * count);
    const peaks = peaksOf(row, frame, nearest);
    peaks.sort((a, b) => (row[b] as number) - (row[a] as number) || a - b);
    let found = 0;
    for (const peak of peaks) {
      if (found === kept) break;
      if (isNear(at, frame * kept, found, peak, apart)) continue;
      at[frame * kept + found] = peak;
      value[frame * kept + found] = row[peak] as number;
      found++;
    }
  }
  return { kept, at, value };
}

function peaksOf(row: Float32Array, frame: number, nearest: number): number[] {
  const peaks: number[] = [];
  const valueAt = (other: number) => (Math.abs(other - frame) >= nearest && other >= 0 && other < row.length ? (row[other] as number) : -Infinity);
  for (let other = 0; other < row.length; other++) {
    const value = valueAt(other);
    if (value > -Infinity && value >= valueAt(other - 1) && value > valueAt(other + 1)) peaks.push(other);
  }
  return peaks;
}

function isNear(at: Int32Array, from: number, found: number, peak: number, apart: number): boolean {
  for (let i = from; i < from + found; i++) if (Math.abs((at[i] as number) - peak) < apart) return true;
  return false;
}
