/** Decoded samples in blocks of 4 MB, so that growing never copies and 20 minutes cost 106 MB once. */
const BLOCK = 2 ** 20;

export type Recording = {
  append(pcm: Float32Array): void;
  length(): number;
  /** A copy of `length` samples from `start`; beyond the end it goes on with the samples from `start` again. */
  loop(start: number, length: number): Float32Array;
};

/** @example createRecording() with [1, 2, 3] appended: loop(1, 5) // [2, 3, 2, 3, 2] */
export function createRecording(): Recording {
  const blocks: Float32Array[] = [];
  let length = 0;
  return {
    append(pcm) {
      for (let at = 0; at < pcm.length; ) {
        if (length === blocks.length * BLOCK) blocks.push(new Float32Array(BLOCK));
        const part = pcm.subarray(at, at + BLOCK - (length % BLOCK));
        blocks.at(-1)?.set(part, length % BLOCK);
        length += part.length;
        at += part.length;
      }
    },
    length: () => length,
    loop(start, wanted) {
      const out = new Float32Array(wanted);
      for (let done = 0, from = start; done < wanted; from = from >= length ? start : from) {
        const block = blocks[Math.floor(from / BLOCK)];
        if (!block || start >= length) throw new RangeError(`Sample ${start} is beyond the ${length} of the recording`);
        const part = block.subarray(from % BLOCK, Math.min(BLOCK, (from % BLOCK) + Math.min(wanted - done, length - from)));
        out.set(part, done);
        done += part.length;
        from += part.length;
      }
      return out;
    },
  };
}
