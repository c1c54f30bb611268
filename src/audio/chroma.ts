import { SAMPLE_RATE } from './decode.ts';
import { createPairedSpectrum, hannWindow } from './spectrum.ts';

const FFT_SIZE = 4096;
const HOP = 2048;
const LOWEST_HZ = 50;
const HIGHEST_HZ = 4200;

/** Where bass hands over to treble: bass alone below the first, treble alone above the second. */
const HANDOVER_HZ = [130, 260] as const;

/** 12 bass pitch classes, then 12 treble ones. Class 0 is C. */
export const CHROMA_CLASSES = 24;

export type Chroma = {
  frames: number;
  /** Magnitude per frame and class, row-major [frames][24]. */
  values: Float32Array;
  /** Mean power per frame between 50 Hz and 4.2 kHz. */
  power: Float64Array;
  framesPerSecond: number;
};

/**
 * Chroma of a recording while it is being decoded: 10.8 frames a second, the memory of one pair of frames and the result.
 * Frame i covers the samples [2048 i, 2048 i + 4096); the last one is filled up with silence.
 *
 * @example a pure 440 Hz tone makes treble class 9 (A) the largest of every frame
 */
export function createChroma(): { push(pcm: Float32Array): void; finish(): Chroma } {
  const spectrum = createPairedSpectrum(FFT_SIZE, hannWindow(FFT_SIZE));
  const bins = pitchBins();
  const buffer = new Float32Array(FFT_SIZE + HOP);
  let filled = 0;
  let values = new Float32Array(4096 * CHROMA_CLASSES);
  const power: number[] = [];
  const addFrame = (bin: Float64Array) => {
    const at = power.length * CHROMA_CLASSES;
    if (at + CHROMA_CLASSES > values.length) values = grown(values);
    power.push(foldIntoClasses(bin, bins, values.subarray(at, at + CHROMA_CLASSES)));
  };
  return {
    push(pcm) {
      for (let at = 0; at < pcm.length; ) {
        const part = pcm.subarray(at, at + buffer.length - filled);
        buffer.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled < buffer.length) return;
        spectrum.transform(buffer, 0, HOP);
        addFrame(spectrum.a);
        addFrame(spectrum.b);
        buffer.copyWithin(0, 2 * HOP);
        filled -= 2 * HOP;
      }
    },
    finish() {
      buffer.fill(0, filled);
      spectrum.transform(buffer, 0, HOP);
      if (power.length === 0 || filled > HOP) addFrame(spectrum.a);
      if (filled > FFT_SIZE) addFrame(spectrum.b);
      const frames = power.length;
      return { frames, values: values.slice(0, frames * CHROMA_CLASSES), power: Float64Array.from(power), framesPerSecond: SAMPLE_RATE / HOP };
    },
  };
}

function grown(values: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(2 * values.length);
  larger.set(values);
  return larger;
}

type PitchBins = { first: number; pitchClass: Uint8Array; bass: Float64Array };

/** For every FFT bin in range: its pitch class and the share of its magnitude that counts as bass. */
function pitchBins(): PitchBins {
  const binHz = SAMPLE_RATE / FFT_SIZE;
  const first = Math.ceil(LOWEST_HZ / binHz);
  const count = Math.floor(HIGHEST_HZ / binHz) - first + 1;
  const pitchClass = new Uint8Array(count);
  const bass = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const hz = (first + i) * binHz;
    const midi = Math.round(69 + 12 * Math.log2(hz / 440));
    pitchClass[i] = midi % 12;
    bass[i] = Math.min(1, Math.max(0, Math.log(HANDOVER_HZ[1] / hz) / Math.log(HANDOVER_HZ[1] / HANDOVER_HZ[0])));
  }
  return { first, pitchClass, bass };
}

/** Adds one frame's magnitudes to its classes; returns the frame's mean power. */
function foldIntoClasses(power: Float64Array, { first, pitchClass, bass }: PitchBins, into: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < pitchClass.length; i++) {
    const p = power[first + i] as number;
    const magnitude = Math.sqrt(p);
    const low = (bass[i] as number) * magnitude;
    const at = pitchClass[i] as number;
    into[at] = (into[at] as number) + low;
    into[at + 12] = (into[at + 12] as number) + magnitude - low;
    sum += p;
  }
  return sum / pitchClass.length;
}
