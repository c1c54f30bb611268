import type { Waveform } from '../score/types.ts';
import { SAMPLE_RATE } from './decode.ts';

const SLICES = 600;
const FINE = 128;

/**
 * The outline of a recording for its picture, gathered while it is decoded: the largest absolute sample in each of 600 equal slices,
 * relative to the largest of all.
 *
 * @example a tone that doubles in level halfway has peaks of about 0.5 and then 1
 */
export function createWaveform(): { push(pcm: Float32Array): void; finish(): Waveform } {
  const fine: number[] = [];
  let samples = 0;
  let peak = 0;
  return {
    push(pcm) {
      for (let at = 0; at < pcm.length; ) {
        const end = Math.min(pcm.length, at + FINE - (samples % FINE));
        let most = peak;
        samples += end - at;
        for (; at < end; at++) most = Math.max(most, Math.abs(pcm[at] as number));
        peak = most;
        if (samples % FINE !== 0) continue;
        fine.push(peak);
        peak = 0;
      }
    },
    finish() {
      if (samples % FINE !== 0) fine.push(peak);
      const largest = fine.reduce((most, value) => Math.max(most, value), 1e-9);
      const slices = Math.min(SLICES, fine.length);
      const peaks = Float32Array.from({ length: slices }, (_, slice) => {
        const part = fine.slice(Math.floor((slice * fine.length) / slices), Math.floor(((slice + 1) * fine.length) / slices));
        return part.reduce((most, value) => Math.max(most, value), 0) / largest;
      });
      return { peaks, seconds: samples / SAMPLE_RATE };
    },
  };
}
