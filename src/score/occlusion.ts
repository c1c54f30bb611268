import { SAMPLE_RATE } from '../audio/decode.ts';
import { hzToMel, melToHz } from '../audio/mel-filters.ts';
import type { Occlusion, Range, Span } from './types.ts';

/** Length of a slice. */
const SLICE_SECONDS = 2;
const BANDS = 8;
/** Of a slice: what is left of the hook is added to the slice before when it is shorter. */
const SHORTEST_SLICE = 0.05;

/** A hook's log-mel as the model hears it. */
export type Clip = {
  /** dB, row-major [frames][mels]. */
  logMel: Float32Array;
  frames: number;
  secondsPerFrame: number;
  /** At most 30 s of the recording: a shorter hook is repeated until the frames are full. */
  hook: Span;
};

/**
 * What moved a prediction: slices of time, bands of frequency and both together are set to the clip's mean level, which is where the
 * network's input is 0, and the prediction is made anew (Zeiler & Fergus, Visualizing and understanding convolutional networks, 2014).
 * A slice of a short hook is taken out of every repetition at once.
 *
 * @param respond the model's answer to a log-mel of the same size; the array is used again for the next one
 * @returns the answer without each part, less the answer to the whole
 */
export async function occlude({ logMel, frames, secondsPerFrame, hook }: Clip, respond: (logMel: Float32Array) => Promise<number>): Promise<Occlusion> {
  const mels = logMel.length / frames;
  const level = logMel.reduce((sum, value) => sum + value, 0) / logMel.length;
  const slices = slicesOf(hook);
  const rows = framesOf(slices, { frames, secondsPerFrame, hook });
  const bands = Array.from({ length: BANDS }, (_, band) => [Math.round((band * mels) / BANDS), Math.round(((band + 1) * mels) / BANDS)] as const);
  const whole = await respond(logMel);
  const part = new Float32Array(logMel.length);
  const without = async (silent: readonly number[], [from, to]: readonly [number, number]) => {
    part.set(logMel);
    for (const frame of silent) part.fill(level, frame * mels + from, frame * mels + to);
    return (await respond(part)) - whole;
  };
  const all = Array.from({ length: frames }, (_, frame) => frame);
  const occlusion: Occlusion = { slices, bands: bandRanges(), time: [], frequency: [], cells: [] };
  for (const band of bands) occlusion.frequency.push(await without(all, band));
  for (const slice of rows) {
    occlusion.time.push(await without(slice, [0, mels]));
    const cells: number[] = [];
    for (const band of bands) cells.push(await without(slice, band));
    occlusion.cells.push(cells);
  }
  return occlusion;
}

function slicesOf({ start, end }: Span): Span[] {
  const count = Math.max(1, Math.ceil((end - start) / SLICE_SECONDS - SHORTEST_SLICE));
  return Array.from({ length: count }, (_, slice) => ({ start: start + slice * SLICE_SECONDS, end: slice === count - 1 ? end : start + (slice + 1) * SLICE_SECONDS }));
}

/** The frames of each slice, in every repetition of the hook. */
function framesOf(slices: readonly Span[], { frames, secondsPerFrame, hook }: Pick<Clip, 'frames' | 'secondsPerFrame' | 'hook'>): number[][] {
  const rows = slices.map((): number[] => []);
  for (let frame = 0; frame < frames; frame++) {
    const inHook = (frame * secondsPerFrame) % (hook.end - hook.start);
    rows[Math.min(rows.length - 1, Math.floor(inHook / SLICE_SECONDS))]?.push(frame);
  }
  return rows;
}

const bandRanges = (): Range[] => Array.from({ length: BANDS }, (_, band) => ({ low: bandEdge(band), high: bandEdge(band + 1) }));
const bandEdge = (band: number): number => Math.round(melToHz((hzToMel(SAMPLE_RATE / 2) * band) / BANDS));
