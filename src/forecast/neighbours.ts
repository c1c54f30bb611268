import { FIXED_FEATURES, HALF, referenceOf, snapshotOf, type Snapshot } from './features.ts';
import type { Season } from './season.ts';
import { atMost, isCensored } from './series.ts';
import { isLearnable } from './training-table.ts';
import { LEVELS, type FinishedSong } from './types.ts';

/** Finished songs to compare with; their snapshots at an origin are made once. */
export type Bank = { songs: readonly FinishedSong[]; usual: Season; prepared: Map<number, Prepared[]> };
type Prepared = { song: FinishedSong; snapshot: Snapshot };

/** `weight` is how much the song's later course says about the one asked for. */
export type Neighbour = Prepared & { distance: number; weight: number };

const at = (name: (typeof FIXED_FEATURES)[number]) => FIXED_FEATURES.indexOf(name);
const LEVEL_OVER_FLOOR = at('levelOverFloor');
const SMALL_LEVEL = at('smallLevel');
const MEAN_OVER_LEVEL = at('meanOverLevel');
const SOURCE_SHARES = [at('chartShareNow'), at('playlistShare'), at('libraryShare')];
/** A day's difference counts 10 % less each day back. */
const FADE = 0.9;
/** What other differences cost, in squared logs. */
const LEVEL_COST = 0.03;
const WEEKDAY_COST = 0.02;
const RETURN_COST = 0.02;
/** One hit in many markets is not many songs. */
const MOST_OF_A_GROUP = 2;
/** Complete counts: how far apart in log level and in log trend two songs are still alike. */
const LEVEL_WIDTH = 1.5;
const TREND_WIDTH = 0.3;
/** So much of the plays from another source. Where sources are known they say when a song leaves the chart, and that it will. */
const SOURCE_WIDTH = 0.2;

export const createBank = (songs: readonly FinishedSong[], usual: Season): Bank => ({ songs, usual, prepared: new Map() });

/**
 * The `count` finished songs whose first days look most alike, nearest first, at most two of a group. On a chart: the shape of the known days
 * relative to today's level, and how far that is above the floor. In complete counts, where single days are noisy: level and trend.
 * @param without leaves out the songs it says yes to
 */
export function findNeighbours(bank: Bank, snapshot: Snapshot, count: number, without: (song: FinishedSong) => boolean = () => false): Neighbour[] {
  const candidates = prepare(bank, snapshot.origin);
  const charted = isCharted(snapshot);
  const distances = Float64Array.from(candidates, (candidate) => (charted ? shapeDistance(snapshot, candidate) : countDistance(snapshot, candidate)));
  const order = Uint32Array.from(candidates, (_, index) => index).sort((a, b) => (distances[a] as number) - (distances[b] as number));
  const perGroup = new Map<string, number>();
  const found: Neighbour[] = [];
  for (const index of order) {
    const candidate = candidates[index] as Prepared;
    const before = perGroup.get(candidate.song.group) ?? 0;
    if ((charted && before >= MOST_OF_A_GROUP) || without(candidate.song)) continue;
    perGroup.set(candidate.song.group, before + 1);
    const distance = distances[index] as number;
    found.push({ ...candidate, distance, weight: 1 });
    if (found.length >= count) break;
  }
  const widest = (found.at(-1)?.distance ?? 0) + 1e-6;
  for (const neighbour of found) neighbour.weight = 1 - (0.75 * neighbour.distance) / widest;
  return found;
}

type Outcome = { value: number; censored: boolean; weight: number };

/** What became of the neighbours on each day, as quantiles in logs over the reference. A censored day is at or below its floor. */
export function neighbourCourse(neighbours: readonly Neighbour[]): (day: number) => [number, number, number] {
  return (day) => {
    const outcomes = neighbours.flatMap(({ song, snapshot, weight }): Outcome[] => {
      const value = Math.log(atMost(song.series, day) + HALF) - referenceOf(snapshot, day);
      return Number.isNaN(value) ? [] : [{ value, censored: isCensored(song.series, day), weight }];
    });
    return quantilesOf(outcomes.sort((a, b) => a.value - b.value));
  };
}

function quantilesOf(sorted: readonly Outcome[]): [number, number, number] {
  const observed = sorted.reduce((sum, { weight, censored }) => sum + (censored ? 0 : weight), 0);
  const lowest = Math.min(0, sorted[0]?.value ?? 0);
  if (observed === 0) return [lowest, lowest, lowest];
  return LEVELS.map((level) => {
    let slope = -level * observed;
    for (const { value, censored, weight } of sorted) {
      slope += weight * (censored ? 1 - level : 1);
      if (slope >= -1e-9) return value;
    }
    return sorted.at(-1)?.value ?? 0;
  }) as [number, number, number];
}

const isCharted = ({ fixed }: Snapshot): boolean => Number.isNaN(fixed[SMALL_LEVEL] as number);

/** The features of a few dozen of the bank's songs at an origin, evenly drawn. */
export function typicalFeatures(bank: Bank, origin: number, most = 20): Float32Array[] {
  const prepared = prepare(bank, origin);
  const step = Math.max(1, prepared.length / most);
  return prepared.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step)).map(({ snapshot }) => snapshot.fixed);
}

function prepare(bank: Bank, origin: number): Prepared[] {
  const before = bank.prepared.get(origin);
  if (before) return before;
  const made = bank.songs.filter((song) => isLearnable(song.series, origin)).map((song) => ({ song, snapshot: snapshotOf(song.series, origin, bank.usual) }));
  bank.prepared.set(origin, made);
  return made;
}

function shapeDistance(snapshot: Snapshot, { song, snapshot: other }: Prepared): number {
  let squares = 0;
  let weights = 0;
  let weight = 1;
  for (let day = snapshot.origin - 1; day >= 0; day--, weight *= FADE) {
    const difference = (snapshot.flat[day] as number) - snapshot.level - (other.flat[day] as number) + other.level;
    if (Number.isNaN(difference)) continue;
    squares += weight * difference * difference;
    weights += weight;
  }
  const level = (snapshot.fixed[LEVEL_OVER_FLOOR] as number) - (other.fixed[LEVEL_OVER_FLOOR] as number);
  const shape = weights > 0 ? squares / weights : 10;
  return shape + (Number.isNaN(level) ? 0 : LEVEL_COST * level * level) + (snapshot.weekday === other.weekday ? 0 : WEEKDAY_COST) + (song.series.fresh ? 0 : RETURN_COST);
}

function countDistance({ level, fixed }: Snapshot, { snapshot: other }: Prepared): number {
  const trend = (fixed[MEAN_OVER_LEVEL] as number) - (other.fixed[MEAN_OVER_LEVEL] as number);
  const sources = SOURCE_SHARES.reduce((sum, share) => sum + (((fixed[share] as number) - (other.fixed[share] as number)) / SOURCE_WIDTH) ** 2, 0);
  return ((level - other.level) / LEVEL_WIDTH) ** 2 + (Number.isNaN(trend) ? 0 : (trend / TREND_WIDTH) ** 2) + (Number.isNaN(sources) ? 0 : sources);
}
