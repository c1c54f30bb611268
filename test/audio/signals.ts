import { SAMPLE_RATE } from '../../src/audio/decode.ts';

/** Chords as pitch numbers (69 = 440 Hz); parts without a common chord can't be taken for each other. */
const PARTS = {
  A: [[48, 60, 64, 67], [45, 57, 60, 64], [41, 53, 57, 60], [43, 55, 59, 62]],
  B: [[46, 58, 61, 65], [51, 63, 66, 70], [49, 61, 65, 68], [44, 56, 60, 63]],
  C: [[47, 59, 62, 66], [52, 64, 68, 71], [42, 54, 57, 61], [50, 62, 66, 69]],
  D: [[40, 55, 58, 62], [45, 61, 64, 69], [38, 56, 59, 65], [47, 54, 63, 66]],
} as const;

/**
 * A song as chords: each letter a part whose four chords last `seconds` together.
 * @example song('ABAB', 24).length // 96 * 22050
 */
export function song(form: string, seconds: number, gain = 0.1): Float32Array {
  const partLength = Math.round(seconds * SAMPLE_RATE);
  const pcm = new Float32Array(form.length * partLength);
  [...form].forEach((letter, index) => {
    const chords = PARTS[letter as keyof typeof PARTS];
    const chordLength = Math.ceil(partLength / chords.length);
    chords.forEach((chord, i) => {
      const into = pcm.subarray(index * partLength + i * chordLength, index * partLength + Math.min(partLength, (i + 1) * chordLength));
      for (const pitch of chord) addTone(into, 440 * 2 ** ((pitch - 69) / 12), gain);
    });
  });
  return pcm;
}

/** Adds a sine by its recurrence: a quarter of the time that Math.sin takes. */
function addTone(pcm: Float32Array, hz: number, gain: number): void {
  const step = (2 * Math.PI * hz) / SAMPLE_RATE;
  const twice = 2 * Math.cos(step);
  for (let i = 0, before = -Math.sin(step), now = 0; i < pcm.length; i++) {
    pcm[i] = (pcm[i] as number) + gain * now;
    [before, now] = [now, twice * now - before];
  }
}

/** Reproducible noise in -1..1. */
export function noise(seconds: number, seed = 1): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

export function tone(hz: number, seconds: number, gain = 0.5): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, i) => gain * Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE));
}

/** A WAV file of these samples, interleaved when there is more than one channel: 16 bits, or 32-bit floats when `float`. */
export function wav(pcm: Float32Array, { float = false, channels = 1 } = {}): Buffer {
  const width = float ? 4 : 2;
  const file = Buffer.alloc(44 + pcm.length * width);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + pcm.length * width, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(float ? 3 : 1, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * width * channels, 28);
  file.writeUInt16LE(width * channels, 32);
  file.writeUInt16LE(8 * width, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(pcm.length * width, 40);
  pcm.forEach((x, i) => (float ? file.writeFloatLE(x, 44 + 4 * i) : file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, x)) * 32_767), 44 + 2 * i)));
  return file;
}
