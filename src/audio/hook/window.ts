import type { Span } from '../../score/types.ts';
import { meansOf } from './means.ts';

/** Length of a hook. */
export const WINDOW_SECONDS = 30;

/** Mean over the `width` frames from each frame; a frame too near the end takes the last whole window. @example windowMeans(Float64Array.of(1, 3, 5), 2) // [2, 4, 4] */
export function windowMeans(values: Float64Array, width: number): Float64Array {
  const mean = meansOf(values);
  const last = Math.max(0, values.length - width);
  return values.map((_, frame) => mean(Math.min(frame, last), Math.min(frame, last) + width));
}

/** Last of `count` frames at which a whole window fits into the recording; frame 0 begins at `start`. */
export const lastStartOf = (seconds: number, start: number, secondsPerFrame: number, count: number): number =>
  Math.max(0, Math.min(count - 1, Math.floor((seconds - WINDOW_SECONDS - start) / secondsPerFrame)));

/** Whether two spans of a song share more than half of the first one. */
export const coversHalf = (a: Span, b: Span): boolean => 2 * (Math.min(a.end, b.end) - Math.max(a.start, b.start)) > a.end - a.start;

/** The 30 seconds from `start`, moved forward where the recording ends earlier. @example spanAt(170, 180) // { start: 150, end: 180 } */
export function spanAt(start: number, seconds: number): Span {
  const from = Math.max(0, Math.min(start, seconds - WINDOW_SECONDS));
  return { start: from, end: Math.min(seconds, from + WINDOW_SECONDS) };
}
