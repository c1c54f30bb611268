import type { Random } from './random.ts';

/** How a song's plays run over its life. */
export const SHAPES = ['front-loaded', 'steady', 'slow-burner', 'late-viral', 'evergreen'] as const;
export type Shape = (typeof SHAPES)[number];

/** Songs up to this many days old are on the new-song chart: days 0..29. */
export const CHART_DAYS = 30;

/**
 * Plays by age in days, as shares of the first 60 days' total: `curve[0..59]` sums to 1 and goes on past day 59.
 *
 * - front-loaded: a fandom's first week, then little: fast and slow exponential decay
 * - steady: the usual release
 * - slow-burner: rises for about three weeks
 * - late-viral: small, until some day between 12 and 42 makes it five times larger for a fortnight
 * - evergreen: hardly decays
 *
 * @param days length wanted, >= 60
 */
export function lifecycle(shape: Shape, days: number, random: Random): Float64Array {
  const vary = (value: number, spread = 0.25) => value * Math.exp(spread * random.normal());
  const curve = new Float64Array(days);
  const at = rawShape(shape, vary, random);
  const lift = playlistLift(random);
  let first60 = 0;
  for (let age = 0; age < days; age++) {
    const value = at(age) * lift(age);
    curve[age] = value;
    if (age < 60) first60 += value;
  }
  return curve.map((value) => value / first60);
}

function rawShape(shape: Shape, vary: (value: number, spread?: number) => number, random: Random): (age: number) => number {
  const fast = vary(shape === 'front-loaded' ? 5 : 10);
  const slow = vary(shape === 'evergreen' ? 500 : shape === 'slow-burner' ? 90 : 60);
  const fastShare = { 'front-loaded': 0.86, steady: 0.6, 'slow-burner': 0, 'late-viral': 0.6, evergreen: 0.25 }[shape];
  const decay = (age: number) => fastShare * Math.exp(-age / fast) + (1 - fastShare) * Math.exp(-age / slow);
  if (shape === 'slow-burner') {
    const rise = vary(9);
    return (age) => (1.08 - Math.exp(-age / rise)) * decay(age);
  }
  if (shape === 'late-viral') {
    const spark = 12 + random.below(31);
    const height = vary(2.4);
    return (age) => 0.6 * decay(age) + (height * (age < spark ? 0 : Math.exp(-(age - spark) / 14))) / (1 + Math.exp(-(age - spark - 1) * 2));
  }
  return decay;
}

/** A fifth of the songs get onto a playlist some day: plays jump and wear off, which no forecast can know before. */
function playlistLift(random: Random): (age: number) => number {
  const listed = random.uniform() < 0.2;
  const from = 3 + random.below(55);
  const height = 0.3 + 0.7 * random.uniform();
  return (age) => (listed && age >= from ? 1 + height * Math.exp(-(age - from) / 20) : 1);
}

/** Multiplicative noise of a song's days: exp of an AR(1) process with mean 0, so that a good day is followed by a good day. */
export function dailyNoise(days: number, random: Random): Float64Array {
  const noise = new Float64Array(days);
  let state = 0.12 * random.normal();
  for (let day = 0; day < days; day++) {
    noise[day] = Math.exp(state);
    state = 0.7 * state + 0.09 * random.normal();
  }
  return noise;
}

/** Chart plays by age, as a share of a full day on the chart: a day to get noticed, slow wear, nothing from day 30 on. */
export function chartExposure(age: number): number {
  if (age >= CHART_DAYS) return 0;
  return age === 0 ? 0.35 : age === 1 ? 0.8 : 1 - 0.4 * (age / CHART_DAYS);
}

/** Plays on a weekday over the week's mean, Monday first; the mean is 1. */
export const WEEKDAYS = [0.93, 0.92, 0.94, 0.97, 1.11, 1.14, 0.99] as const;
