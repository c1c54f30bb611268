import { SAMPLE_RATE } from './decode.ts';
import { melFilters } from './mel-filters.ts';
import { createPairedSpectrum, hannWindow } from './spectrum.ts';

export const MEL_BANDS = 128;
const FFT_SIZE = 2048;
const HOP = 512;
const FLOOR = 1e-10;

/**
 * Log-mel spectrogram: 22.05 kHz, n_fft 2048, hop 512, periodic Hann, centred with reflected edges, power, 128 Slaney mels from 0 Hz
 * to 11,025 Hz, 10 log10 with the fixed floor 1e-10. The clip's mean is removed first: an offset would move the lowest band by 100 dB.
 * The same as librosa.power_to_db(librosa.feature.melspectrogram(y - y.mean()), ref=1, amin=1e-10, top_db=None).
 *
 * @param pcm finite samples at 22.05 kHz, more than 1024 of them.
 * @returns dB, row-major [frames][128], frames = 1 + floor(samples / 512), never below -100.
 * @throws RangeError on a shorter clip or a sample that is no finite number.
 * @example logMel(new Float32Array(661_500)).length // 1292 * 128, all -100: digital silence
 */
export function logMel(pcm: Float32Array): Float32Array {
  const padded = centred(pcm);
  const frames = 1 + Math.floor(pcm.length / HOP);
  const spectrum = createPairedSpectrum(FFT_SIZE, hannWindow(FFT_SIZE));
  const bands = melFilters(SAMPLE_RATE, FFT_SIZE, MEL_BANDS);
  const decibels = new Float32Array(frames * MEL_BANDS);
  for (let frame = 0; frame < frames; frame += 2) {
    spectrum.transform(padded, frame * HOP, (frame + 1) * HOP);
    writeRow(spectrum.a, bands, decibels, frame * MEL_BANDS);
    if (frame + 1 < frames) writeRow(spectrum.b, bands, decibels, (frame + 1) * MEL_BANDS);
  }
  return decibels;
}

/** The clip without its mean, with 1024 samples mirrored at each end (the edge sample itself not repeated). */
function centred(pcm: Float32Array): Float32Array {
  const edge = FFT_SIZE / 2;
  if (pcm.length <= edge) throw new RangeError(`A log-mel needs more than ${edge} samples, not ${pcm.length}`);
  let sum = 0;
  for (let i = 0; i < pcm.length; i++) sum += pcm[i] as number;
  if (!Number.isFinite(sum)) throw new RangeError('A log-mel needs finite samples');
  const mean = sum / pcm.length;
  const padded = new Float32Array(pcm.length + 2 * edge);
  for (let i = 0; i < pcm.length; i++) padded[edge + i] = (pcm[i] as number) - mean;
  for (let i = 1; i <= edge; i++) {
    padded[edge - i] = padded[edge + i] as number;
    padded[edge + pcm.length - 1 + i] = padded[edge + pcm.length - 1 - i] as number;
  }
  return padded;
}

function writeRow(power: Float64Array, bands: ReturnType<typeof melFilters>, into: Float32Array, at: number): void {
  for (let band = 0; band < bands.length; band++) {
    const { first, weights } = bands[band] as (typeof bands)[number];
    let energy = 0;
    for (let i = 0; i < weights.length; i++) energy += (weights[i] as number) * (power[first + i] as number);
    into[at + band] = 10 * Math.log10(Math.max(energy, FLOOR));
  }
}
