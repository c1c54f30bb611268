import type { Occlusion, Spectrogram } from '../score/types.ts';

/** Spectrogram bytes cover this many dB. */
const RANGE_DB = 80;
/** A slice this far under the loudest one is the silence of an ending, not a part of the song. */
const QUIET_DB = 30;

/**
 * Which slices are next to silent: what they do to a score can't be worked on, so they are not named.
 * @returns one for each slice
 */
export function quietSlices({ bytes, rows, columns }: Spectrogram, slices: Occlusion['slices']): boolean[] {
  const [start, end] = [slices[0]?.start ?? 0, slices.at(-1)?.end ?? 0];
  const columnAt = (seconds: number) => Math.round((columns * (seconds - start)) / Math.max(end - start, 0.001));
  const levels = slices.map((slice) => {
    const [from, to] = [columnAt(slice.start), columnAt(slice.end)];
    let power = 0;
    for (let row = 0; row < rows; row++) for (let column = from; column < to; column++) power += 10 ** ((((bytes[row * columns + column] ?? 0) / 255) * RANGE_DB) / 10);
    return 10 * Math.log10(power / Math.max(1, (to - from) * rows));
  });
  const loudest = Math.max(...levels);
  return levels.map((level) => loudest - level >= QUIET_DB);
}
