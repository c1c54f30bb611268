import { CHROMA_CLASSES, type Chroma } from './chroma.ts';

/** Chroma frames averaged into one song frame: about 2.15 of them a second. */
const FRAMES_AVERAGED = 5;

/** A frame this far below the loudest counts as silence, whatever the gain: -60 dB. */
const SILENCE = 1e-6;

/** The sounding part of a song, ready to be compared with itself. */
export type SongFrames = {
  count: number;
  /** Unit vectors, row-major [count][24]; all zero where it is silent. */
  vectors: Float32Array;
  /** Mean power per frame. */
  power: Float64Array;
  secondsPerFrame: number;
  /** Second at which frame 0 begins: after the leading silence. */
  start: number;
};

/**
 * Chroma made comparable: silence at both ends cut off (so that a prepended pause changes nothing), five frames averaged, bass and
 * treble normalised apart, the song's mean removed, smoothed over three frames, scaled to unit length. Gain drops out.
 */
export function songFrames(chroma: Chroma): SongFrames {
  const loudest = chroma.power.reduce((most, power) => Math.max(most, power), 0);
  const sounds = (power: number) => power > SILENCE * loudest;
  const first = Math.max(0, chroma.power.findIndex(sounds));
  const last = chroma.power.findLastIndex(sounds);
  const count = Math.floor((last + 1 - first) / FRAMES_AVERAGED);
  const vectors = new Float32Array(count * CHROMA_CLASSES);
  const power = new Float64Array(count);
  for (let frame = 0; frame < count; frame++) {
    for (let j = 0; j < FRAMES_AVERAGED; j++) {
      const from = first + frame * FRAMES_AVERAGED + j;
      power[frame] = (power[frame] as number) + (chroma.power[from] as number) / FRAMES_AVERAGED;
      for (let c = 0; c < CHROMA_CLASSES; c++) add(vectors, frame * CHROMA_CLASSES + c, chroma.values[from * CHROMA_CLASSES + c] as number);
    }
  }
  const audible = Uint8Array.from(power, (value) => (sounds(value) ? 1 : 0));
  compare(vectors, audible);
  return { count, vectors, power, secondsPerFrame: FRAMES_AVERAGED / chroma.framesPerSecond, start: first / chroma.framesPerSecond };
}

const add = (values: Float32Array, at: number, value: number) => {
  values[at] = (values[at] as number) + value;
};

function compare(vectors: Float32Array, audible: Uint8Array): void {
  const rows = Array.from(audible, (_, frame) => vectors.subarray(frame * CHROMA_CLASSES, (frame + 1) * CHROMA_CLASSES));
  for (const row of rows) {
    toUnitLength(row.subarray(0, CHROMA_CLASSES / 2));
    toUnitLength(row.subarray(CHROMA_CLASSES / 2));
  }
  removeMean(rows, audible);
  smooth(vectors);
  rows.forEach((row, frame) => (audible[frame] ? toUnitLength(row) : row.fill(0)));
}

function toUnitLength(row: Float32Array): void {
  const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
  if (norm > 0) for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) / norm;
}

/** The mean over the audible frames is taken from them; a silent frame must not look like another silent one. */
function removeMean(rows: Float32Array[], audible: Uint8Array): void {
  const heard = rows.filter((_, frame) => audible[frame]);
  for (let c = 0; c < CHROMA_CLASSES; c++) {
    const mean = heard.reduce((sum, row) => sum + (row[c] as number), 0) / Math.max(1, heard.length);
    rows.forEach((row, frame) => (row[c] = audible[frame] ? (row[c] as number) - mean : 0));
  }
}

/** Weights 1, 2, 1 over neighbouring frames. */
function smooth(vectors: Float32Array): void {
  const before = vectors.slice();
  for (let i = 0; i < vectors.length; i++) {
    const centre = before[i] as number;
    vectors[i] = ((before[i - CHROMA_CLASSES] ?? centre) + 2 * centre + (before[i + CHROMA_CLASSES] ?? centre)) / 4;
  }
}
