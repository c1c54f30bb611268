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
    let peaks = peaksOf(row, frame, nearest);
    for (let i = frame * kept; i < (frame + 1) * kept && peaks.length > 0; i++) {
      const best = highestOf(row, peaks);
      at[i] = best;
      value[i] = row[best] as number;
      peaks = peaks.filter((peak) => Math.abs(peak - best) >= apart);
    }
  }
  return { kept, at, value };
}

/** The earliest of equals. */
function highestOf(row: Float32Array, peaks: readonly number[]): number {
  let best = peaks[0] as number;
  for (const peak of peaks) if ((row[peak] as number) > (row[best] as number)) best = peak;
  return best;
}

/** Frames whose value is no lower than that before and higher than that after, `nearest` or more away. */
function peaksOf(row: Float32Array, frame: number, nearest: number): number[] {
  const peaks: number[] = [];
  for (const [from, to] of [[0, frame - nearest], [frame + nearest, row.length - 1]] as const)
    for (let other = from; other <= to; other++) {
      const value = row[other] as number;
      if ((other === from || value >= (row[other - 1] as number)) && (other === to || value > (row[other + 1] as number))) peaks.push(other);
    }
  return peaks;
}
