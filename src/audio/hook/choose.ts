import type { Repeats } from './repeats.ts';

/** How much less another window is worth when all of it is a repeat of one already chosen. */
const REPEAT_COST = 0.5;

/** A repeat as strong as the song's 90th percentile or so. */
const STRONG = 0.7;

/**
 * Up to `most` windows, best first, the earliest of equals. They don't overlap, or where no more such are left, by no more than half. After
 * the first, a window that repeats one already chosen counts for less, so that "another part" is one.
 * @param values worth of the window from each frame.
 * @param lastStart last frame at which a window may begin.
 * @returns first frames, at least one
 */
export function chooseWindows(values: Float64Array, width: number, lastStart: number, repeats: Repeats, most: number): number[] {
  const chosen: number[] = [];
  const choose = (apart: number) => {
    let best = -1;
    let bestWorth = -Infinity;
    for (let frame = 0; frame <= lastStart; frame++) {
      if (chosen.some((other) => Math.abs(other - frame) < apart)) continue;
      const worth = (values[frame] as number) - REPEAT_COST * Math.max(0, ...chosen.map((other) => shareRepeated(repeats, frame, other, width)));
      // Below 1e-9 it is rounding
      if (worth <= bestWorth + 1e-9) continue;
      [best, bestWorth] = [frame, worth];
    }
    if (best >= 0) chosen.push(best);
    return best >= 0;
  };
  while (chosen.length < most && (choose(width) || choose((width + 1) / 2)));
  return chosen.length > 0 ? chosen : [0];
}

/** Share of the window's frames that come again inside the other one. */
function shareRepeated({ kept, at, value }: Repeats, frame: number, other: number, width: number): number {
  let repeated = 0;
  for (let i = frame; i < frame + width; i++)
    for (let k = i * kept; k < (i + 1) * kept; k++)
      if ((value[k] as number) > STRONG && (at[k] as number) >= other && (at[k] as number) < other + width) {
        repeated++;
        break;
      }
  return repeated / width;
}
