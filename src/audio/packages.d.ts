// Types of packages that bring none, or that may be missing because their install downloads a binary.

declare module 'fft.js' {
  /** Radix-4 FFT; complex buffers are interleaved: re0, im0, re1, im1, … */
  export default class FFT {
    constructor(size: number);
    transform(output: Float64Array, input: Float64Array): void;
  }
}

declare module 'ffmpeg-static' {
  /** Where the binary would be; the file is missing when its download failed. */
  const path: string | null;
  export default path;
}
