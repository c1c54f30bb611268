/** One triangular filter: its weights over the FFT bins `first`, `first + 1`, … */
export type MelFilter = { first: number; weights: Float64Array };

/** Slaney's scale: linear below 1 kHz (66.67 Hz a mel), logarithmic above (6.4 times in 27 mels). */
const HZ_PER_MEL = 200 / 3;
const KNEE_HZ = 1000;
const KNEE_MEL = KNEE_HZ / HZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;

/** @example hzToMel(1000) // 15 */
export const hzToMel = (hz: number): number => (hz < KNEE_HZ ? hz / HZ_PER_MEL : KNEE_MEL + Math.log(hz / KNEE_HZ) / LOG_STEP);

/** @example melToHz(42) // 6400 */
export const melToHz = (mel: number): number => (mel < KNEE_MEL ? mel * HZ_PER_MEL : KNEE_HZ * Math.exp(LOG_STEP * (mel - KNEE_MEL)));

/**
 * Triangles evenly spaced on the mel scale from 0 Hz to half the sample rate, each of unit area (norm 'slaney'), only their
 * non-zero weights kept. Source: Slaney, Auditory Toolbox, 1998; librosa.filters.mel(htk=False, norm='slaney').
 *
 * @returns one filter per band, lowest first.
 */
export function melFilters(sampleRate: number, fftSize: number, bands: number): MelFilter[] {
  const top = hzToMel(sampleRate / 2);
  const edges = Array.from({ length: bands + 2 }, (_, i) => melToHz((top * i) / (bands + 1)));
  const binHz = sampleRate / fftSize;
  return Array.from({ length: bands }, (_, band) => {
    const [low, peak, high] = edges.slice(band, band + 3) as [number, number, number];
    const first = Math.floor(low / binHz) + 1;
    const last = Math.min(fftSize / 2, Math.ceil(high / binHz) - 1);
    const weights = new Float64Array(Math.max(0, last - first + 1));
    for (let i = 0; i < weights.length; i++) {
      const hz = (first + i) * binHz;
      weights[i] = (Math.max(0, Math.min((hz - low) / (peak - low), (high - hz) / (high - peak))) * 2) / (high - low);
    }
    return { first, weights };
  });
}
