import type { Ensemble } from '../boosting/types.ts';
import { fitCourse, predictCourse, type Course } from './course.ts';
import type { DataKind } from './engine.ts';
import { FEATURES, fillRow, HALF, referenceOf, snapshotOf, type Snapshot } from './features.ts';
import { fitLinear, predictLinear, type LinearModel } from './linear.ts';
import { createBank, findNeighbours, neighbourCourse, type Bank } from './neighbours.ts';
import { usualSeason, type Season } from './season.ts';
import type { Series } from './series.ts';
import { trainingTable } from './training-table.ts';
import { addTrees, binTable, fitTrees, type TreeModel, type TreeSettings } from './trees.ts';
import { LEVELS, TRAJECTORY_DAYS, type FinishedSong } from './types.ts';
import { weeklyCourse } from './weekly-shape.ts';

/** How much is learned; what differs between the kinds of data. */
export type MemberSettings = { trees: TreeSettings; horizons: number; ridge: number; neighbours: number };

/**
 * The forecasts that are blended: trees that start from the weekly shape (from an unchanged level without one), trees that start from the linear
 * model, and on a chart the nearest trajectories, in complete counts the usual course and how songs stray from it.
 */
export type Members = { usual: Season; weekly?: Ensemble; shaped: TreeModel; linear: LinearModel; straight: TreeModel; course?: Course; bank?: Bank; neighbours: number };

/** Three levels of each member for each day from the origin on, in logs over the reference: `[member][level][step]`. */
export type MemberTargets = Float64Array[][];

export function fitMembers(songs: readonly FinishedSong[], kind: DataKind, weekly: Ensemble | undefined, settings: MemberSettings, withBank: boolean, onTree?: () => void): Members {
  const usual = usualSeason(songs.map((song) => song.series));
  const table = trainingTable(songs, usual, weekly, settings.horizons, settings.trees.seed);
  const binned = binTable(table);
  const linear = fitLinear(table, settings.ridge);
  const shapedStart = table.weekly.map((value) => (Number.isNaN(value) ? 0 : value));
  const straightStart = Float64Array.from(table.rows, ({ snapshot, day }) => predictLinear(linear, snapshot, day));
  return {
    usual,
    ...(weekly && { weekly }),
    shaped: fitTrees(table, binned, shapedStart, settings.trees, onTree),
    linear,
    straight: fitTrees(table, binned, straightStart, { ...settings.trees, seed: settings.trees.seed + 1 }, onTree),
    ...(kind === 'complete' && { course: fitCourse(songs.map((song) => song.series), usual) }),
    ...(withBank && { bank: createBank(songs, usual) }),
    neighbours: settings.neighbours,
  };
}

/** Reads the first `origin` days only. On a chart, with few neighbours or none, the third member is left out. */
export function predictMembers(members: Members, series: Series, origin: number, without?: (song: FinishedSong) => boolean): { snapshot: Snapshot; targets: MemberTargets } {
  const snapshot = snapshotOf(series, origin, members.usual);
  const later = laterCourse(members, series, snapshot, without);
  const targets = Array.from({ length: later ? 3 : 2 }, () => LEVELS.map(() => new Float64Array(TRAJECTORY_DAYS - origin)));
  const row = new Float32Array(FEATURES.length);
  const sums = new Float64Array(LEVELS.length);
  const write = (member: number, step: number) => targets[member]?.forEach((level, at) => { level[step] = sums[at] as number; });
  const weeklyOn = weeklyCourse(members.weekly, snapshot);
  for (let day = origin; day < TRAJECTORY_DAYS; day++) {
    const weekly = weeklyOn(day);
    fillRow(row, snapshot, day, weekly);
    sums.fill(Number.isNaN(weekly) ? 0 : weekly);
    addTrees(members.shaped, row, sums);
    write(0, day - origin);
    sums.fill(predictLinear(members.linear, snapshot, day));
    addTrees(members.straight, row, sums);
    write(1, day - origin);
    if (!later) continue;
    sums.set(later(day));
    write(2, day - origin);
  }
  return { snapshot, targets };
}

/** Of fewer, the lowest and the highest would be the band. There may be few in a large bank, too: two of an artist. */
const FEWEST_NEIGHBOURS = 20;

/** The third member's levels by day. */
function laterCourse({ course, bank, neighbours }: Members, series: Series, snapshot: Snapshot, without?: (song: FinishedSong) => boolean): ((day: number) => number[]) | undefined {
  if (!course) {
    const found = bank ? findNeighbours(bank, snapshot, neighbours, without) : [];
    return found.length < FEWEST_NEIGHBOURS ? undefined : neighbourCourse(found);
  }
  const plays = predictCourse(course, series, snapshot);
  return (day) => (plays[day - snapshot.origin] ?? []).map((count) => Math.log(count + HALF) - referenceOf(snapshot, day));
}
