/** Samples a block: 4 MB, so that growing never copies. */
const BLOCK = 2 ** 20;

/** Samples kept at most: 8 blocks, 6 minutes and 20 seconds, 34 MB. */
const MOST_KEPT = 8 * BLOCK;

export type Recording = {
  append(pcm: Float32Array): void;
  /** Samples `start` to `end`; undefined when the recording grew too long to be kept. */
  slice(start: number, end: number): Float32Array | undefined;
  /** Gives the memory back now, not at some later garbage collection. */
  free(): void;
};

/**
 * The decoded samples of an ordinary song. Of one longer than 6 minutes nothing is kept, so that memory stays flat: its hook has to be
 * decoded once more (measured: 20 minutes kept whole in two threads took the process to 740 MB).
 * @example createRecording() with [1, 2, 3] appended: slice(1, 3) // [2, 3]
 */
export function createRecording(): Recording {
  const blocks: Float32Array<ArrayBuffer>[] = [];
  let length = 0;
  const free = () => {
    for (const block of blocks.splice(0)) block.buffer.transfer(0);
  };
  return {
    append(pcm) {
      if (length + pcm.length > MOST_KEPT) free();
      else addTo(blocks, length, pcm);
      length += pcm.length;
    },
    slice: (start, end) => (length > MOST_KEPT ? undefined : copyFrom(blocks, start, Math.min(end, length))),
    free,
  };
}

function addTo(blocks: Float32Array<ArrayBuffer>[], length: number, pcm: Float32Array): void {
  for (let at = 0; at < pcm.length; ) {
    const within = (length + at) % BLOCK;
    if (within === 0) blocks.push(new Float32Array(BLOCK));
    const part = pcm.subarray(at, at + BLOCK - within);
    blocks.at(-1)?.set(part, within);
    at += part.length;
  }
}

function copyFrom(blocks: Float32Array[], start: number, end: number): Float32Array {
  const out = new Float32Array(Math.max(0, end - start));
  for (let at = start; at < end; ) {
    const within = at % BLOCK;
    const part = blocks[Math.floor(at / BLOCK)]?.subarray(within, within + end - at) ?? new Float32Array(0);
    out.set(part, at - start);
    at += Math.max(1, part.length);
  }
  return out;
}
