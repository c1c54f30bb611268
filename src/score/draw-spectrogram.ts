import type { Clip } from './occlusion.ts';
import type { Spectrogram } from './types.ts';

const ROWS = 32;
const COLUMNS_PER_SECOND = 5;
const RANGE_DB = 80;

/**
 * A hook's log-mel reduced to what a picture shows: means over a fifth of a second and a 32nd of the mel scale.
 * @returns for a hook of 30 s 150 columns; a shorter one is shown once, not as it is repeated
 */
export function drawSpectrogram({ logMel, frames, secondsPerFrame, hook }: Clip): Spectrogram {
  const seconds = hook.end - hook.start;
  const mels = logMel.length / frames;
  const columns = Math.max(1, Math.round(seconds * COLUMNS_PER_SECOND));
  const sums = new Float64Array(ROWS * columns);
  const counts = new Uint32Array(ROWS * columns);
  for (let frame = 0; frame < Math.min(frames, seconds / secondsPerFrame); frame++) {
    const column = Math.min(columns - 1, Math.floor((frame * secondsPerFrame * columns) / seconds));
    for (let mel = 0; mel < mels; mel++) {
      const at = Math.floor((mel * ROWS) / mels) * columns + column;
      sums[at] = (sums[at] as number) + (logMel[frame * mels + mel] as number);
      counts[at] = (counts[at] as number) + 1;
    }
  }
  const means = sums.map((sum, at) => sum / (counts[at] || 1));
  const loudest = means.reduce((most, value) => Math.max(most, value), -Infinity);
  return { bytes: Array.from(means, (value) => Math.round(255 * Math.max(0, 1 - (loudest - value) / RANGE_DB))), rows: ROWS, columns };
}
