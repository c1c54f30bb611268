/** A stream of pseudo-random numbers that depends on its seed alone: the same on every machine. */
export type Random = {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number;
  /** Whole number in [0, n). */
  below(n: number): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
  /** Poisson count with the given mean >= 0; rounded normal above a mean of 60. */
  poisson(mean: number): number;
  /** An element of a list that isn't empty. */
  pick<Item>(items: readonly Item[]): Item;
  /** Puts the array in random order, in place (Fisher-Yates). */
  shuffle(items: { length: number; [index: number]: number }): void;
};

/**
 * sfc32 (Chris Doty-Humphrey's Small Fast Counting generator, PractRand), seeded by a 128-bit FNV-1a style hash of the label. Streams with
 * different labels are independent, so one part of the catalogue can change without moving the others.
 *
 * @example randomFor('a').uniform() === randomFor('a').uniform() // true
 */
export function randomFor(label: string): Random {
  const uniform = sfc32(...hash(label));
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const below = (n: number) => Math.floor(uniform() * n);
  return {
    uniform,
    below,
    normal,
    poisson: (mean) => (mean > 60 ? Math.max(0, Math.round(mean + Math.sqrt(mean) * normal())) : knuthPoisson(mean, uniform)),
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    shuffle: (items) => {
      for (let last = items.length - 1; last > 0; last--) {
        const other = below(last + 1);
        const held = items[last] as number;
        items[last] = items[other] as number;
        items[other] = held;
      }
    },
  };
}

function sfc32(a: number, b: number, c: number, d: number): () => number {
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let round = 0; round < 15; round++) next();
  return next;
}

function hash(label: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x811c9dc5, 0x9e3779b9, 0x243f6a88, 0xb7e15162];
  for (let at = 0; at < label.length; at++)
    for (let word = 0; word < 4; word++) words[word] = Math.imul((words[word] as number) ^ (label.charCodeAt(at) + word * 257), 0x01000193 + word * 2);
  return words;
}

function knuthPoisson(mean: number, uniform: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = uniform(); product > limit; product *= uniform()) count++;
  return count;
}
