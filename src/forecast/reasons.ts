import { attribute } from '../boosting/attribute.ts';
import type { Ensemble } from '../boosting/types.ts';
import type { Engine } from './engine.ts';
import { FEATURES, fillRow, FIXED_FEATURES, HORIZON_FEATURES, snapshotOf } from './features.ts';
import { linearContributions } from './linear.ts';
import type { Series } from './series.ts';
import { TRAJECTORY_DAYS } from './types.ts';
import { weeklyCourse } from './weekly-shape.ts';

/** Correlated features are told as one reason; each feature belongs to one group. */
export const REASON_GROUPS = {
  age: ['day', 'ahead', 'logAhead', 'origin', 'weekly'],
  weekday: ['weekday', 'season', 'lastWeekday', 'firstWeekday'],
  size: ['levelOverFloor', 'smallLevel', 'censored'],
  trend: ['change1', 'change2', 'change3', 'change7', 'weekChange', 'weekChange2', 'slope', 'longSlope', 'lastOverLevel', 'meanOverLevel'],
  start: ['jump1', 'jump2', 'firstOverLevel'],
  peak: ['maxOverLevel', 'maxDay', 'minOverLevel', 'roughness'],
  market: ['floorTrend', 'fresh'],
  audience: ['reach', 'repeatRate', 'newListeners'],
  fans: ['coreShare'],
  sources: ['chartShare', 'chartShareNow', 'playlistShare', 'libraryShare', 'sourceMix'],
  regions: ['regionSpread'],
  artist: ['earlierSongs', 'sinceRelease', 'earlierCourse'],
} as const satisfies Record<string, readonly (typeof FEATURES)[number][]>;
export type ReasonGroup = keyof typeof REASON_GROUPS;
const GROUPS = Object.keys(REASON_GROUPS) as ReasonGroup[];

/** `effect` is in logs of the plays of a typical later day: 0.1 is about 10 % more. `checked` is the effect of the second method. */
export type Reason = { group: ReasonGroup; effect: number; checked: number };

export type Reasons = {
  /** Largest first. */
  reasons: Reason[];
  /** What is expected of any song at this origin, in logs over the level staying as it is; bias and effects add up to the prediction. */
  bias: number;
  prediction: number;
  /** The second method names another group first. */
  disputed: boolean;
};

/**
 * Why the trees and the linear model expect what they do, as a mean over the days ahead: path attribution in the trees (src/boosting/attribute.ts), weight times
 * value in the linear model, summed over correlated features. The check replaces one group at a time by the values of a typical song and predicts anew.
 * Nearest trajectories give no reasons of this kind and are left out.
 *
 * @param typical the features of other songs at the origin, to replace with; a few dozen
 */
export function reasonsFor(engine: Engine, series: Series, origin: number, typical: readonly Float32Array[]): Reasons {
  const snapshot = snapshotOf(series, origin, engine.members.usual);
  const course = weeklyCourse(engine.members.weekly, snapshot);
  const effects = new Map<ReasonGroup, number>(GROUPS.map((group) => [group, 0]));
  let [bias, prediction] = [0, 0];
  const days = Array.from({ length: TRAJECTORY_DAYS - origin }, (_, step) => origin + step);
  const row = new Float32Array(FEATURES.length);
  for (const day of days) {
    fillRow(row, snapshot, day, course(day));
    const told = explainRow(engine, row);
    bias += told.bias / days.length;
    prediction += told.prediction / days.length;
    told.contributions.forEach((value, feature) => add(effects, groupOf(feature), value / days.length));
  }
  const checked = checkByReplacing(engine, days, typical, (day) => { fillRow(row, snapshot, day, course(day)); return row; });
  const tellable = GROUPS.filter((group) => isKnown(group, row));
  for (const group of GROUPS) if (!tellable.includes(group)) bias += effects.get(group) ?? 0;
  const reasons = tellable.map((group) => ({ group, effect: effects.get(group) ?? 0, checked: checked.get(group) ?? 0 })).toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  const second = typical.length > 0 ? largest(checked, REPLACED.filter((group) => tellable.includes(group))) : undefined;
  const first = reasons.find(({ group }) => REPLACED.includes(group));
  return { reasons, bias, prediction, disputed: second !== undefined && second !== first?.group };
}

/** The day and its weekday are what is asked, not something about the song, and can't be replaced. */
const REPLACED: ReasonGroup[] = GROUPS.filter((group) => group !== 'age' && group !== 'weekday');

/** The two learned members, weighted as in the blend: bias and contributions of one row. */
export function explainRow(engine: Engine, row: Float32Array): { bias: number; contributions: Float64Array; prediction: number } {
  const { shaped, straight, linear } = engine.members;
  const [first = 0.5, second = 0.5] = engine.weights;
  const [ofShaped, ofStraight] = [first / (first + second), second / (first + second)];
  const contributions = new Float64Array(FEATURES.length);
  let bias = 0;
  for (const [bags, share] of [[shaped.bags, ofShaped], [straight.bags, ofStraight]] as const)
    for (const bag of bags) {
      const told = attribute(bag[1] as Ensemble, row);
      bias += (told.bias * share) / bags.length;
      told.contributions.forEach((value, feature) => { contributions[feature] = (contributions[feature] as number) + (value * share) / bags.length; });
    }
  const weekly = FEATURES.indexOf('weekly');
  const start = row[weekly] as number;
  if (!Number.isNaN(start)) contributions[weekly] = (contributions[weekly] as number) + start * ofShaped;
  const straightLine = linearContributions(linear, row.subarray(HORIZON_FEATURES.length), row[FEATURES.indexOf('origin')] as number, row[FEATURES.indexOf('ahead')] as number);
  bias += straightLine.bias * ofStraight;
  straightLine.contributions.forEach((value, fixed) => {
    const feature = HORIZON_FEATURES.length + fixed;
    contributions[feature] = (contributions[feature] as number) + value * ofStraight;
  });
  return { bias, contributions, prediction: contributions.reduce((sum, value) => sum + value, bias) };
}

function checkByReplacing(engine: Engine, days: readonly number[], typical: readonly Float32Array[], rowOf: (day: number) => Float32Array): Map<ReasonGroup, number> {
  const checked = new Map<ReasonGroup, number>();
  const some = days.filter((_, at) => at % 10 === 5);
  if (typical.length === 0) return checked;
  const own = some.reduce((sum, day) => sum + explainRow(engine, rowOf(day)).prediction, 0) / some.length;
  for (const group of REPLACED) {
    const members = new Set<string>(REASON_GROUPS[group]);
    let replaced = 0;
    for (const other of typical)
      for (const day of some) {
        const row = rowOf(day).slice();
        FIXED_FEATURES.forEach((name, fixed) => { if (members.has(name)) row[HORIZON_FEATURES.length + fixed] = other[fixed] as number; });
        replaced += explainRow(engine, row).prediction / typical.length / some.length;
      }
    checked.set(group, own - replaced);
  }
  return checked;
}

const groupOf = (feature: number): ReasonGroup => {
  const name = FEATURES[feature] as (typeof FEATURES)[number];
  return GROUPS.find((group) => (REASON_GROUPS[group] as readonly string[]).includes(name)) ?? 'age';
};

/** What is unknown of a song, for want of data or of listeners to hide among, belongs to what is expected of any song. */
const isKnown = (group: ReasonGroup, row: Float32Array): boolean => REASON_GROUPS[group].some((name) => !Number.isNaN(row[FEATURES.indexOf(name)] as number));

const add = (sums: Map<ReasonGroup, number>, group: ReasonGroup, value: number) => sums.set(group, (sums.get(group) ?? 0) + value);

const largest = (sums: ReadonlyMap<ReasonGroup, number>, among: readonly ReasonGroup[]): ReasonGroup | undefined =>
  [...among].toSorted((a, b) => Math.abs(sums.get(b) ?? 0) - Math.abs(sums.get(a) ?? 0))[0];
