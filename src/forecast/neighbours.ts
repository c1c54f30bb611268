import { FIXED_FEATURES, referenceOf, snapshotOf, type Snapshot } from './features.ts';
import type { Season } from './season.ts';
import { atMost, isCensored } from './series.ts';
import { isLearnable } from './training-table.ts';
import { LEVELS, type FinishedSong } from './types.ts';

/** Finished songs to compare with; their snapshots at an origin are made once. */
export type Bank = { songs: readonly FinishedSong[]; usual: Season; prepared: Map<number, Prepared[]> };
type Prepared = { song: FinishedSong; snapshot: Snapshot };

export type Neighbour = Prepared & { distance: number };

const LEVEL_OVER_FLOOR = FIXED_FEATURES.indexOf('levelOverFloor');
/** A day's difference counts 10 % less each day back. */
const FADE = 0.9;
/** What other differences cost, in squared logs. */
const LEVEL_COST = 0.03;
const WEEKDAY_COST = 0.02;
const RETURN_COST = 0.02;
/** One hit in many markets is not many songs. */
const MOST_OF_A_GROUP = 2;

export const createBank = (songs: readonly FinishedSong[], usual: Season): Bank => ({ songs, usual, prepared: new Map() });

/**
 * The `count` finished songs whose first days look most alike: shape of the known days relative to today's level, and how far that is above the
 * chart's floor where there is one. Nearest first, at most two of a group.
 * @param without leaves out the songs it says yes to
 */
export function findNeighbours(bank: Bank, snapshot: Snapshot, count: number, without: (song: FinishedSong) => boolean = () => false): Neighbour[] {
  const candidates = prepare(bank, snapshot.origin);
  const distances = Float64Array.from(candidates, (candidate) => distanceOf(snapshot, candidate));
  const order = Uint32Array.from(candidates, (_, at) => at).sort((a, b) => (distances[a] as number) - (distances[b] as number));
  const perGroup = new Map<string, number>();
  const found: Neighbour[] = [];
  for (const at of order) {
    const candidate = candidates[at] as Prepared;
    const before = perGroup.get(candidate.song.group) ?? 0;
    if (before >= MOST_OF_A_GROUP || without(candidate.song)) continue;
    perGroup.set(candidate.song.group, before + 1);
    found.push({ ...candidate, distance: distances[at] as number });
    if (found.length >= count) break;
  }
  return found;
}

/**
 * Quantiles of what became of the neighbours on `day`, in logs over the reference; nearer ones weigh up to four times as much. A censored day is
 * at or below its floor.
 */
export function neighbourQuantiles(neighbours: readonly Neighbour[], day: number): [number, number, number] {
  const widest = (neighbours.at(-1)?.distance ?? 0) + 1e-6;
  const values = neighbours
    .map(({ song, snapshot, distance }) => ({
      value: Math.log(atMost(song.series, day) + 1) - referenceOf(snapshot, day),
      censored: isCensored(song.series, day),
      weight: 1 - (0.75 * distance) / widest,
    }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => a.value - b.value);
  const observed = values.reduce((sum, { weight, censored }) => sum + (censored ? 0 : weight), 0);
  if (observed === 0) return [Math.min(0, values[0]?.value ?? 0), Math.min(0, values[0]?.value ?? 0), Math.min(0, values[0]?.value ?? 0)];
  return LEVELS.map((level) => {
    let slope = -level * observed;
    for (const { value, censored, weight } of values) {
      slope += weight * (censored ? 1 - level : 1);
      if (slope >= -1e-9) return value;
    }
    return values.at(-1)?.value ?? 0;
  }) as [number, number, number];
}

function prepare(bank: Bank, origin: number): Prepared[] {
  const before = bank.prepared.get(origin);
  if (before) return before;
  const made = bank.songs.filter((song) => isLearnable(song.series, origin)).map((song) => ({ song, snapshot: snapshotOf(song.series, origin, bank.usual) }));
  bank.prepared.set(origin, made);
  return made;
}

function distanceOf(snapshot: Snapshot, { song, snapshot: other }: Prepared): number {
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
