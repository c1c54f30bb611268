/**
 * Uniform numbers in [0, 1) that depend on the seed alone: Mulberry32 (Tommy Ettinger, public domain).
 * @example randomFrom(1)() === randomFrom(1)() // true
 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * `count` different numbers of 0..total-1, ascending.
 * @example sample(3, 3, Math.random) // [0, 1, 2]
 */
export function sample(total: number, count: number, random: () => number): number[] {
  const pool = Array.from({ length: total }, (_, at) => at);
  for (let at = 0; at < count; at++) {
    const other = at + Math.floor(random() * (total - at));
    [pool[at], pool[other]] = [pool[other] as number, pool[at] as number];
  }
  return pool.slice(0, count).toSorted((a, b) => a - b);
}
