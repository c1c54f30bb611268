import { createChroma, type Chroma } from '../chroma.ts';
import { SAMPLE_RATE } from '../decode.ts';

/** `start`: second of the recording at which frame 0 begins. */
export type AlignedChroma = Chroma & { start: number };

/**
 * createChroma whose first frame begins with the first sample that isn't 0. A pause before the song then changes no frame at all; otherwise it
 * would shift every frame by part of a hop, enough to decide between two choruses that are equally good. Exact zeros alone count: any
 * other threshold would depend on the gain.
 *
 * @example pushing 1000 zeros and a song gives the song's own chroma with `start` 1000 / 22050
 */
export function createAlignedChroma(): { push(pcm: Float32Array): void; finish(): AlignedChroma } {
  const chroma = createChroma();
  let skipped = 0;
  let sounding = false;
  return {
    push(pcm) {
      const first = sounding ? 0 : pcm.findIndex((sample) => sample !== 0);
      if (first < 0) skipped += pcm.length;
      else {
        if (!sounding) skipped += first;
        sounding = true;
        chroma.push(pcm.subarray(first));
      }
    },
    finish: () => ({ ...chroma.finish(), start: skipped / SAMPLE_RATE }),
  };
}
