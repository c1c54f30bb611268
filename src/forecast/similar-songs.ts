import { FIXED_FEATURES } from './features.ts';
import type { Neighbour } from './neighbours.ts';
import { knownSum } from './series.ts';
import { TRAJECTORY_DAYS } from './types.ts';

/** A finished song like the one asked for. `held` is its plays of days 30..59 over those of days 0..29. */
export type SimilarSong = { id: number; distance: number; held: number; total: number };

/** What told the neighbours that held from those that fell: standardized difference of the means, and the number of songs on each side. */
export type Separation = { feature: string; difference: number; held: number; fell: number };

/** The features a person can read: the text catalogue has words for more of each and for less (`similar.more.<name>`, `similar.less.<name>`). */
export const READABLE = ['levelOverFloor', 'lastOverLevel', 'change7', 'slope', 'longSlope', 'roughness', 'jump1', 'jump2', 'maxOverLevel', 'maxDay', 'firstOverLevel', 'smallLevel'] as const;

const FEWEST = 4;

/**
 * @param neighbours nearest first; one that is mostly unknown in a month is passed over
 */
export function similarSongs(neighbours: readonly Neighbour[], count = 5): SimilarSong[] {
  const told = neighbours.map(({ song, distance }) => ({ id: song.id, distance, held: heldOf(song.series), total: knownSum(song.series, TRAJECTORY_DAYS) }));
  return told.filter(({ held }) => Number.isFinite(held)).slice(0, count);
}

/**
 * What separated the neighbours that held from those that fell: the song's plays after day 30 over those before, split at the median; for each readable feature of
 * the first days Cohen's d, largest first. Differences below 0.5 (a medium effect) are not told.
 *
 * @returns at most three; none with fewer than 4 songs on a side
 */
export function whatSeparated(neighbours: readonly Neighbour[]): Separation[] {
  const known = neighbours.map((neighbour) => ({ ...neighbour, held: heldOf(neighbour.song.series) })).filter(({ held }) => Number.isFinite(held));
  const middle = known.map(({ held }) => held).toSorted((a, b) => a - b)[Math.floor(known.length / 2)] ?? 0;
  const [held, fell] = [known.filter((one) => one.held >= middle), known.filter((one) => one.held < middle)];
  return READABLE.flatMap((feature) => {
    const of = (group: typeof known) => group.map(({ snapshot }) => snapshot.fixed[FIXED_FEATURES.indexOf(feature)] as number).filter((value) => Number.isFinite(value));
    const [a, b] = [of(held), of(fell)];
    if (a.length < FEWEST || b.length < FEWEST) return [];
    const difference = (mean(a) - mean(b)) / (Math.sqrt((variance(a) + variance(b)) / 2) || 1);
    return Math.abs(difference) < 0.5 ? [] : [{ feature, difference, held: a.length, fell: b.length }];
  })
    .toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
    .slice(0, 3);
}

function heldOf(series: Neighbour['song']['series']): number {
  const first = knownSum(series, 30);
  return (knownSum(series, TRAJECTORY_DAYS) - first) / first;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]): number => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);
