import { attribute } from '../boosting/attribute.ts';
import { predictRow } from '../boosting/predict.ts';
import type { Ensemble } from '../boosting/types.ts';
import { explainCourse } from './course-reasons.ts';
import type { Engine } from './engine.ts';
import { FEATURES, fillRow, FIXED_FEATURES, HORIZON_FEATURES, snapshotOf, type Snapshot } from './features.ts';
import { linearContributions, predictLinear } from './linear.ts';
import type { Series } from './series.ts';
import { TRAJECTORY_DAYS } from './types.ts';
import { weeklyCourse } from './weekly-shape.ts';

/** Correlated features are told as one reason; each feature belongs to one group. The course (course-reasons.ts) tells of some groups, too, and of `days` only it does. */
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
  days: [],
} as const satisfies Record<string, readonly (typeof FEATURES)[number][]>;
export type ReasonGroup = keyof typeof REASON_GROUPS;
const GROUPS = Object.keys(REASON_GROUPS) as ReasonGroup[];

/** `effect` is in logs of the plays of a typical later day: 0.1 is about 10 % more. `checked` is the effect of the second method. */
export type Reason = { group: ReasonGroup; effect: number; checked: number };

export type Reasons = {
  /** Largest first. */
  reasons: Reason[];
  /** What the learned members expect of any song at this origin, in logs over the level staying as it is; bias and effects add up to the prediction. */
  bias: number;
  prediction: number;
  /** The second method puts another group first, the day's age and weekday apart. */
  disputed: boolean;
};

/**
 * Why the forecast shown expects what it does, as a mean over the days ahead: what each member adds times the weight it has in the blend. Of the trees that is path attribution
 * (src/boosting/attribute.ts), of the linear model weight times value, both summed over correlated features, of the course see course-reasons.ts. Explained is the members'
 * median, for the course its rate: where plays are few, the median of a count is a whole number nearby. Nearest trajectories give no reasons of this kind: on a chart their
 * part of the blend is left out, and the other members make up the whole.
 *
 * The second method replaces one group at a time by the values of a typical song and predicts anew.
 *
 * @param typical the features of other songs at the origin, to replace with; a few dozen. Without any, the trees aren't checked
 */
export function reasonsFor(engine: Engine, series: Series, origin: number, typical: readonly Float32Array[]): Reasons {
  const snapshot = snapshotOf(series, origin, engine.members.usual);
  const [ofLearned, ofCourse] = sharesOf(engine);
  const learned = explainLearned(engine, snapshot, typical);
  const course = engine.members.course && explainCourse(engine.members.course, series, snapshot);
  const effects = added(learned.effects, ofLearned, course?.effects, ofCourse);
  const checked = added(learned.checked, ofLearned, course?.checked, ofCourse);
  const tellable = GROUPS.filter((group) => learned.known.has(group) || (course && group in course.effects));
  const bias = GROUPS.reduce((sum, group) => sum + (tellable.includes(group) ? 0 : (effects.get(group) ?? 0)), learned.bias * ofLearned);
  const reasons = tellable.map((group) => ({ group, effect: effects.get(group) ?? 0, checked: checked.get(group) ?? 0 })).toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  const second = checked.size > 0 ? largest(checked, REPLACED.filter((group) => tellable.includes(group))) : undefined;
  const first = reasons.find(({ group }) => REPLACED.includes(group));
  return { reasons, bias, prediction: learned.prediction * ofLearned + (course?.prediction ?? 0) * ofCourse, disputed: second !== undefined && second !== first?.group };
}

/** The day and its weekday are what is asked, not something about the song, and can't be replaced. */
const REPLACED: ReasonGroup[] = GROUPS.filter((group) => group !== 'age' && group !== 'weekday');

/** What the two learned members and the course have of the explained part of the blend. */
function sharesOf({ members, weights: [shaped = 0.5, straight = 0.5, third = 0] }: Engine): [number, number] {
  const course = members.course ? third : 0;
  const all = shaped + straight + course;
  return [(shaped + straight) / all, course / all];
}

type Sums = Map<ReasonGroup, number>;

function added(learned: Sums, ofLearned: number, course: Partial<Record<ReasonGroup, number>> | undefined, ofCourse: number): Sums {
  const sums: Sums = new Map([...learned].map(([group, value]) => [group, value * ofLearned]));
  for (const [group, value] of Object.entries(course ?? {})) add(sums, group as ReasonGroup, value * ofCourse);
  return sums;
}

/** The learned members by group, both methods, as a mean over the days ahead. `known`: groups of which the song has any feature. */
function explainLearned(engine: Engine, snapshot: Snapshot, typical: readonly Float32Array[]) {
  const course = weeklyCourse(engine.members.weekly, snapshot);
  const effects: Sums = new Map();
  let [bias, prediction] = [0, 0];
  const days = Array.from({ length: TRAJECTORY_DAYS - snapshot.origin }, (_, step) => snapshot.origin + step);
  const row = new Float32Array(FEATURES.length);
  const rowOf = (day: number) => { fillRow(row, snapshot, day, course(day)); return row; };
  for (const day of days) {
    const told = explainRow(engine, rowOf(day));
    bias += told.bias / days.length;
    prediction += told.prediction / days.length;
    told.contributions.forEach((value, feature) => add(effects, GROUP_OF[feature] as ReasonGroup, value / days.length));
  }
  const known = new Set(GROUPS.filter((group) => isKnown(group, row)));
  return { effects, bias, prediction, known, checked: checkByReplacing(engine, snapshot, days, typical, REPLACED.filter((group) => known.has(group)), rowOf) };
}

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

/** Every tenth day ahead: forecast with the song's own values less with those of typical songs, group by group. */
function checkByReplacing(engine: Engine, snapshot: Snapshot, days: readonly number[], typical: readonly Float32Array[], groups: readonly ReasonGroup[], rowOf: (day: number) => Float32Array): Sums {
  const checked: Sums = new Map();
  if (typical.length === 0) return checked;
  const some = days.filter((_, at) => at % 10 === 5);
  const medians = (fixed: Float32Array) =>
    some.reduce((sum, day) => {
      const row = rowOf(day);
      row.set(fixed, HORIZON_FEATURES.length);
      return sum + learnedMedian(engine, { ...snapshot, fixed }, day, row);
    }, 0) / some.length;
  const own = medians(snapshot.fixed);
  for (const group of groups) {
    const members = new Set<string>(REASON_GROUPS[group]);
    const replaced = (other: Float32Array) => snapshot.fixed.map((value, at) => (members.has(FIXED_FEATURES[at] as string) ? (other[at] as number) : value));
    checked.set(group, own - typical.reduce((sum, other) => sum + medians(replaced(other)), 0) / typical.length);
  }
  return checked;
}

/** What explainRow explains, without the explanation. */
function learnedMedian({ members: { shaped, straight, linear }, weights: [first = 0.5, second = 0.5] }: Engine, snapshot: Snapshot, day: number, row: Float32Array): number {
  const ofTrees = ({ bags }: typeof shaped) => bags.reduce((sum, bag) => sum + predictRow(bag[1] as Ensemble, row), 0) / bags.length;
  const start = row[FEATURES.indexOf('weekly')] as number;
  return (first * (ofTrees(shaped) + (Number.isNaN(start) ? 0 : start)) + second * (ofTrees(straight) + predictLinear(linear, snapshot, day))) / (first + second);
}

const GROUP_OF: ReasonGroup[] = FEATURES.map((name) => GROUPS.find((group) => (REASON_GROUPS[group] as readonly string[]).includes(name)) ?? 'age');

/** What is unknown of a song, for want of data or of listeners to hide among, belongs to what is expected of any song. */
const isKnown = (group: ReasonGroup, row: Float32Array): boolean => REASON_GROUPS[group].some((name) => !Number.isNaN(row[FEATURES.indexOf(name)] as number));

const add = (sums: Sums, group: ReasonGroup, value: number) => sums.set(group, (sums.get(group) ?? 0) + value);

const largest = (sums: Sums, among: readonly ReasonGroup[]): ReasonGroup | undefined =>
  [...among].toSorted((a, b) => Math.abs(sums.get(b) ?? 0) - Math.abs(sums.get(a) ?? 0))[0];
