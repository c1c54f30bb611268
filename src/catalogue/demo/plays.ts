import { FIRST_DAY } from './calendar.ts';
import { cellShares, tasteByCell, type Population } from './population.ts';
import type { SongPlan } from './plan.ts';
import { randomFor, type Random } from './random.ts';
import type { Genre } from './taste.ts';

/** Order of the codes in `DayPlays.source`. */
export const PLAY_SOURCES = ['chart', 'playlist', 'search', 'library', 'radio', 'other'] as const;
const CODE = { chart: 0, playlist: 1, search: 2, library: 3, radio: 4, other: 5 } as const;

/** One day's plays as columns; only the first `count` entries count. The arrays are reused by the next day. */
export type DayPlays = { count: number; listener: Int32Array; song: Int32Array; secondOfDay: Int32Array; source: Uint8Array; seconds: Uint16Array };

const HOURS = hourTable([3, 2, 1, 1, 1, 2, 4, 7, 8, 7, 6, 6, 8, 7, 6, 6, 7, 9, 10, 10, 11, 12, 10, 6]);
const FAN_SOURCES = sourceTable({ library: 54, search: 20, playlist: 20, radio: 3, other: 3 });
const CASUAL_SOURCES = sourceTable({ playlist: 54, radio: 21, search: 15, other: 10 });
/** Share of the chart's plays made by those who play nothing else. */
export const CHART_ONLY_PLAYS = 0.72;

/**
 * Draws the plays of single days. A day depends on the seed and its own number only, so days can be drawn in any order, or again.
 *
 * @returns a function of the day number (0 is the first day of data)
 */
export function dayDrawer(seed: number, plans: readonly SongPlan[], population: Population): (day: number) => DayPlays {
  const acceptance = casualAcceptance(plans);
  const missed = new Map(plans.filter((plan) => plan.missesFans).map((plan) => [plan, new Set(population.fans[plan.song.artist])]));
  let columns = newColumns(4096);
  return (day) => {
    const random = randomFor(`${seed}/day/${FIRST_DAY + day}`);
    columns.count = 0;
    for (const plan of plans) {
      const fan = random.poisson(plan.fan[day] as number);
      const casual = random.poisson(plan.casual[day] as number);
      const chart = random.poisson(plan.chart[day] as number);
      const obsessive = plan.obsessive && day >= plan.obsessive.from && day < plan.obsessive.to ? plan.obsessive.accounts * plan.obsessive.playsPerDay : 0;
      columns = roomFor(columns, fan + casual + chart + obsessive);
      const add = (listener: number, source: number) => addPlay(columns, listener, plan.song.index, source, plan.song.seconds, random);
      const fans = population.fans[plan.song.artist] as Int32Array;
      if (fans.length > 0) for (let play = 0; play < fan; play++) add(drawFan(plan, fans, random), FAN_SOURCES[random.below(100)] as number);
      const among = { population, accept: plan.casualGenre && acceptance.get(plan.casualGenre), without: missed.get(plan) };
      drawCasual(plan, casual, day, among, random, (listener) => add(listener, CASUAL_SOURCES[random.below(100)] as number));
      for (let play = 0; play < chart; play++) add(drawChart(population, random), CODE.chart);
      for (let play = 0; play < obsessive; play++) add(fans[play % (plan.obsessive?.accounts ?? 1)] as number, CODE.library);
    }
    return columns;
  };
}

function drawFan(plan: SongPlan, fans: Int32Array, random: Random): number {
  const place = Math.floor(plan.fanCount * random.uniform() ** plan.concentration);
  return fans[(plan.fanOffset + place) % fans.length] as number;
}

function drawChart(population: Population, random: Random): number {
  const group = random.uniform() < CHART_ONLY_PLAYS ? population.chartOnly : population.others;
  return group[Math.floor(group.length * random.uniform())] as number;
}

type Audience = { population: Population; accept: Float64Array | null | undefined; without: Set<number> | undefined };

function drawCasual(plan: SongPlan, count: number, day: number, { population, accept, without }: Audience, random: Random, add: (listener: number) => void): void {
  const { others, cell } = population;
  if (!accept) {
    const before = plan.casual.subarray(0, day).reduce((sum, value) => sum + value, 0);
    for (let play = 0; play < count; play++) add(others[Math.floor(before + play) % others.length] as number);
    return;
  }
  for (let play = 0; play < count; play++) {
    let listener = 0;
    do listener = others[random.below(others.length)] as number;
    while (random.uniform() > (accept[cell[listener] as number] as number) || without?.has(listener));
    add(listener);
  }
}

/** Relative casual interest of each cell, at most 1: the root of its taste, so milder than fandom. */
export function casualInterest(taste: Float64Array): Float64Array {
  const interest = taste.map((value) => Math.sqrt(value));
  const most = interest.reduce((max, value) => Math.max(max, value), 0);
  return interest.map((value) => value / most);
}

function casualAcceptance(plans: readonly SongPlan[]): Map<Genre, Float64Array> {
  const shares = cellShares();
  const genres = new Set(plans.map((plan) => plan.casualGenre).filter((genre) => genre !== null));
  return new Map([...genres].map((genre) => [genre, casualInterest(tasteByCell(genre, shares))]));
}

function addPlay(columns: DayPlays, listener: number, song: number, source: number, length: number, random: Random): void {
  const at = columns.count++;
  columns.listener[at] = listener;
  columns.song[at] = song;
  columns.source[at] = source;
  columns.secondOfDay[at] = (HOURS[random.below(HOURS.length)] as number) * 3600 + random.below(3600);
  columns.seconds[at] = random.uniform() < 0.7 ? length : 30 + random.below(length - 30);
}

function newColumns(capacity: number): DayPlays {
  const ints = () => new Int32Array(capacity);
  return { count: 0, listener: ints(), song: ints(), secondOfDay: ints(), source: new Uint8Array(capacity), seconds: new Uint16Array(capacity) };
}

function roomFor(columns: DayPlays, more: number): DayPlays {
  if (columns.count + more <= columns.listener.length) return columns;
  const grown = newColumns(Math.max(columns.listener.length * 2, columns.count + more));
  for (const key of ['listener', 'song', 'secondOfDay', 'source', 'seconds'] as const) grown[key].set(columns[key].subarray(0, columns.count));
  grown.count = columns.count;
  return grown;
}

function hourTable(weights: readonly number[]): Uint8Array {
  return Uint8Array.from(weights.flatMap((weight, hour) => Array.from({ length: weight }, () => hour)));
}

function sourceTable(percent: Partial<Record<keyof typeof CODE, number>>): Uint8Array {
  return Uint8Array.from(Object.entries(percent).flatMap(([source, share]) => Array.from({ length: share }, () => CODE[source as keyof typeof CODE])));
}
