import { percentileIn } from './percentile.ts';

/** Fewest and most demos in one shoot-out. */
export const ENTRANTS = { fewest: 2, most: 10 } as const;

/** Where the best beats another with less than this, the two are too close to call. */
export const CALLED_FROM = 0.6;

/** One demo: what the model predicts, as natural logarithms. */
export type Entrant = { id: string; listeners: number; plays: number };

/** 101 quantiles (0, 1, ..., 100 %) of the difference between the residuals of two songs, of log listeners and of log plays. */
export type PairDifferences = { listeners: readonly number[]; plays: readonly number[] };

/**
 * The entrants by one outcome. `groups` hold indices of the entrants, best first, within a group too; `beats[a][b]` is the probability that a ends above b.
 * A group is what its best does not beat with at least 60 %: members that stand far apart may differ among themselves, which `beats` tells.
 */
export type Contest = { groups: number[][]; beats: number[][] };

export type ShootOut = {
  /** By plays in the first 30 days: the lead single is the best of the first group, and too close to call where that group has others. */
  leadSingle: Contest;
  /** By distinct listeners: a video is for those who don't know the song yet. */
  video: Contest;
};

/**
 * The probability that A ends above B when the model predicts `ahead` more for A, in logarithms: the share of differences between the residuals of two songs that
 * don't make up for it. Both tails are averaged, so that P(A beats B) + P(B beats A) = 1 also where the quantiles were rounded.
 *
 * @param differences 101 quantiles, not falling
 * @returns 0 to 1; 0.5 for equal predictions
 * @throws RangeError when `ahead` is no finite number
 * @example chanceAbove(Array.from({ length: 101 }, (_, at) => (at - 50) / 50), 0.5) // 0.75
 */
export function chanceAbove(differences: readonly number[], ahead: number): number {
  if (!Number.isFinite(ahead)) throw new RangeError(`no prediction is ${ahead} ahead`);
  return 0.5 + (percentileIn(differences, ahead) - percentileIn(differences, -ahead)) / 200;
}

/**
 * Two to ten demos against each other. The probability rises with the distance of the predictions alone, so the ranking is that of the predictions and can't run in a
 * circle; equal ones stand by their id, so that the order in which they are given changes nothing.
 *
 * @throws RangeError for fewer than 2 or more than 10, for an id given twice, and for predictions that are no finite numbers
 * @example shootOut([{ id: 'a', listeners: 7, plays: 8 }, { id: 'b', listeners: 9, plays: 8 }], pairs).video.groups // [[1], [0]]
 */
export function shootOut(entrants: readonly Entrant[], pairs: PairDifferences): ShootOut {
  if (entrants.length < ENTRANTS.fewest || entrants.length > ENTRANTS.most) throw new RangeError(`${entrants.length} entrants`);
  if (new Set(entrants.map(({ id }) => id)).size < entrants.length) throw new RangeError('an entrant was given twice');
  return { leadSingle: contest(entrants, 'plays', pairs), video: contest(entrants, 'listeners', pairs) };
}

function contest(entrants: readonly Entrant[], by: 'listeners' | 'plays', pairs: PairDifferences): Contest {
  const beats = entrants.map((one) => entrants.map((other) => chanceAbove(pairs[by], one[by] - other[by])));
  const order = entrants
    .map((entrant, index) => ({ entrant, index }))
    .toSorted((a, b) => b.entrant[by] - a.entrant[by] || (a.entrant.id < b.entrant.id ? -1 : 1))
    .map(({ index }) => index);
  const groups: number[][] = [];
  for (const index of order) {
    const group = groups.at(-1);
    const best = group?.[0];
    if (group && best !== undefined && (beats[best]?.[index] ?? 1) < CALLED_FROM) group.push(index);
    else groups.push([index]);
  }
  return { groups, beats };
}
