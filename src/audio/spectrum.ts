import FFT from 'fft.js';

/**
 * Power spectra of two real frames from one complex FFT: frame a is the real part, frame b the imaginary part, and the symmetry of
 * real spectra tells them apart. Buffers are reused, so a result is valid until the next call.
 * Source: Numerical Recipes, 3rd ed., 12.3.1.
 */
export type PairedSpectrum = {
  /** |X[k]|^2 of the windowed frame a, k = 0..size/2. */
  a: Float64Array;
  b: Float64Array;
  /** Transforms pcm[at .. at+size) and pcm[next .. next+size); a `next` that doesn't fit leaves b meaningless. */
  transform(pcm: Float32Array, at: number, next: number): void;
};

/**
 * @param size frame length in samples, a power of two.
 * @param window weights of length `size`.
 * @example a frame of ones under a rectangular window has a[0] = size^2 and zeros elsewhere
 */
export function createPairedSpectrum(size: number, window: Float64Array): PairedSpectrum {
  const fft = new FFT(size);
  const input = new Float64Array(2 * size);
  const output = new Float64Array(2 * size);
  const a = new Float64Array(size / 2 + 1);
  const b = new Float64Array(size / 2 + 1);
  return {
    a,
    b,
    transform(pcm, at, next) {
      const second = next + size <= pcm.length;
      for (let i = 0; i < size; i++) {
        const weight = window[i] ?? 0;
        input[2 * i] = weight * (pcm[at + i] ?? 0);
        input[2 * i + 1] = second ? weight * (pcm[next + i] ?? 0) : 0;
      }
      fft.transform(output, input);
      separate(output, size, a, b);
    },
  };
}

function separate(z: Float64Array, size: number, a: Float64Array, b: Float64Array): void {
  for (let k = 0; k <= size / 2; k++) {
    const mirror = k === 0 ? 0 : 2 * (size - k);
    const zr = z[2 * k] as number;
    const zi = z[2 * k + 1] as number;
    const mr = z[mirror] as number;
    const mi = z[mirror + 1] as number;
    const sumR = zr + mr;
    const sumI = zi + mi;
    const differenceR = zr - mr;
    const differenceI = zi - mi;
    a[k] = (sumR * sumR + differenceI * differenceI) / 4;
    b[k] = (sumI * sumI + differenceR * differenceR) / 4;
  }
}

/**
 * Periodic Hann window, as librosa, torch and scipy (sym=False) use for spectra.
 * @example hannWindow(4) // [0, 0.5, 1, 0.5]
 */
export const hannWindow = (size: number): Float64Array => Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
