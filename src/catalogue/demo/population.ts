import type { DemoArtist } from './artists.ts';
import { randomFor, type Random } from './random.ts';
import { REGIONS } from './regions.ts';
import { AGE_BANDS, cellTaste, GENDERS, SCENES, sceneShares, type Genre } from './taste.ts';

/** Share of the listeners who play nothing but the new-song chart. */
export const CHART_ONLY_SHARE = 0.25;

/** Share of a star's fans who take to her unexpected partner because of her. */
export const PARTNER_PULL = 0.2;

export const CELLS = REGIONS.length * AGE_BANDS.length * GENDERS.length * SCENES.length;

/** One homogeneous part of the population; what a listener likes depends on it alone. */
export type Cell = { region: number; age: number; gender: number; scene: number };

/** @param index 0..CELLS - 1 */
export function cellOf(index: number): Cell {
  const scene = index % SCENES.length;
  const rest = (index - scene) / SCENES.length;
  const gender = rest % GENDERS.length;
  const rest2 = (rest - gender) / GENDERS.length;
  return { region: Math.floor(rest2 / AGE_BANDS.length), age: rest2 % AGE_BANDS.length, gender, scene };
}

/** Share of the population in each cell; sums to 1. */
export function cellShares(): Float64Array {
  const people = REGIONS.reduce((sum, region) => sum + region.population, 0);
  return Float64Array.from({ length: CELLS }, (_, index) => {
    const { region, age, gender, scene } = cellOf(index);
    return (
      ((REGIONS[region]?.population ?? 0) / people) * (AGE_BANDS[age]?.share ?? 0) * (GENDERS[gender]?.share ?? 0) * (sceneShares(region)[scene] ?? 0)
    );
  });
}

/** Relative liking of a genre by cell, with population mean 1. */
export function tasteByCell(genre: Genre, shares: Float64Array): Float64Array {
  const taste = Float64Array.from({ length: CELLS }, (_, index) => cellTaste(genre, cellOf(index)));
  const mean = taste.reduce((sum, value, index) => sum + value * (shares[index] as number), 0);
  return taste.map((value) => value / mean);
}

/**
 * Probability that a listener of the cell, chart-only ones apart, is a fan: `probability[artist][cell]`. Memberships are independent within a
 * cell, but for the star's partner, who also wins `PARTNER_PULL` of the star's fans.
 */
export function fanProbabilities(artists: readonly DemoArtist[], shares: Float64Array): Float64Array[] {
  const tastes = new Map<Genre, Float64Array>();
  return artists.map((artist) => {
    const taste = tastes.get(artist.genre) ?? tasteByCell(artist.genre, shares);
    tastes.set(artist.genre, taste);
    return taste.map((value) => Math.min(0.9, artist.fanShare * value));
  });
}

/** Columns over listeners, and who is a fan of whom. */
export type Population = {
  count: number;
  cell: Uint16Array;
  /** 0: not told. */
  birthYear: Uint16Array;
  /** Listener numbers. */
  chartOnly: Int32Array;
  others: Int32Array;
  /** Listener numbers by artist, in random order. */
  fans: Int32Array[];
};

/** 5,000 listeners at size 1. */
export function demoPopulation(seed: number, size: number, artists: readonly DemoArtist[]): Population {
  const random = randomFor(`${seed}/listeners`);
  const shares = cellShares();
  const count = Math.max(200, Math.round(5000 * size));
  const cell = new Uint16Array(count);
  const birthYear = new Uint16Array(count);
  const draw = drawer(shares);
  const chartOnly: number[] = [];
  const others: number[] = [];
  for (let listener = 0; listener < count; listener++) {
    const drawn = draw(random.uniform());
    const band = AGE_BANDS[cellOf(drawn).age] ?? AGE_BANDS[0];
    cell[listener] = drawn;
    birthYear[listener] = random.uniform() < 0.02 ? 0 : band.from + random.below(band.to - band.from + 1);
    (random.uniform() < CHART_ONLY_SHARE ? chartOnly : others).push(listener);
  }
  const fans = drawFans(artists, fanProbabilities(artists, shares), cell, others, random);
  const chartOnlyOrder = Int32Array.from(chartOnly);
  const othersOrder = Int32Array.from(others);
  for (const order of [...fans, chartOnlyOrder, othersOrder]) random.shuffle(order);
  return { count, cell, birthYear, chartOnly: chartOnlyOrder, others: othersOrder, fans };
}

function drawFans(artists: readonly DemoArtist[], probability: Float64Array[], cell: Uint16Array, others: number[], random: Random): Int32Array[] {
  const star = artists.findIndex((artist) => artist.role === 'star');
  let starFans = new Set<number>();
  return artists.map((artist, number) => {
    const likes = probability[number] as Float64Array;
    const pulled = artist.role === 'unexpected-partner' ? PARTNER_PULL : 0;
    const fans = others.filter(
      (listener) => random.uniform() < (likes[cell[listener] as number] as number) || (pulled > 0 && starFans.has(listener) && random.uniform() < pulled),
    );
    if (number === star) starFans = new Set(fans);
    return Int32Array.from(fans);
  });
}

/** Draws an index with probability proportional to its weight, by bisection of the cumulative sum. */
function drawer(weights: Float64Array): (uniform: number) => number {
  const cumulative = new Float64Array(weights.length);
  let sum = 0;
  weights.forEach((weight, index) => {
    sum += weight;
    cumulative[index] = sum;
  });
  return (uniform) => {
    let low = 0;
    let high = weights.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) > uniform * sum) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
