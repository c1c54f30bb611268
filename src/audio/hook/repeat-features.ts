import { ranksOf } from './means.ts';
import type { Repeats } from './repeats.ts';
import type { Similarity } from './similarity.ts';
import { addColumn, type Table } from './table.ts';

/** A repeat counts from here: 1 is the song's 95th percentile. */
const STRONG = 0.7;

/** Repeats that make up a frame's mean. */
const AVERAGED = 3;

/** The passages whose likeness is compared before and after a frame and its repeats. */
const CONTEXT_SECONDS = 15;

/** How strongly, how often, when and in what surroundings each frame comes again, on one scale. Adds columns named `*.scale`. */
export function addRepeatFeatures(table: Table, scale: string, similarity: Similarity, repeats: Repeats, secondsPerFrame: number): void {
  addStrengths(table, scale, repeats);
  addTimes(table, scale, repeats, secondsPerFrame);
  addContext(table, scale, similarity, repeats, Math.round(CONTEXT_SECONDS / secondsPerFrame));
  const { count, values } = similarity;
  const covered = addColumn(table, `covered.${scale}`, (frame) => {
    let strong = 0;
    for (let other = 0; other < count; other++) if ((values[frame * count + other] as number) > STRONG) strong++;
    return strong / count;
  });
  table.columns.set(`coveredRank.${scale}`, ranksOf(covered));
}

function addStrengths(table: Table, scale: string, { kept, value }: Repeats): void {
  for (let k = 0; k < kept; k++) addColumn(table, `repeat${k + 1}.${scale}`, (frame) => value[frame * kept + k] as number);
  const mean = addColumn(table, `mean.${scale}`, (frame) => {
    const known = value.subarray(frame * kept, frame * kept + AVERAGED).filter((it) => !Number.isNaN(it));
    return known.length > 0 ? known.reduce((sum, it) => sum + it, 0) / known.length : NaN;
  });
  table.columns.set(`rank.${scale}`, ranksOf(mean));
}

/** How many repeats lie before and after, softly counted; when the first and the last are; how far the nearest is. */
function addTimes(table: Table, scale: string, { kept, at, value }: Repeats, secondsPerFrame: number): void {
  const [before, after] = [addColumn(table, `before.${scale}`, () => 0), addColumn(table, `after.${scale}`, () => 0)];
  const [first, last, nearest] = [addColumn(table, `first.${scale}`), addColumn(table, `last.${scale}`), addColumn(table, `nearest.${scale}`)];
  for (let frame = 0; frame < table.frames; frame++) {
    let [from, to, lag] = [frame, frame, Infinity];
    for (let k = frame * kept; k < (frame + 1) * kept && (at[k] as number) >= 0; k++) {
      const other = at[k] as number;
      const strength = value[k] as number;
      const side = other < frame ? before : after;
      side[frame] = (side[frame] as number) + Math.min(1, Math.max(0, (strength - 0.4) / 0.6));
      if (strength <= STRONG) continue;
      from = Math.min(from, other);
      to = Math.max(to, other);
      lag = Math.min(lag, Math.abs(other - frame));
    }
    first[frame] = from / table.frames;
    last[frame] = to / table.frames;
    nearest[frame] = lag < Infinity ? lag * secondsPerFrame : NaN;
  }
}

/** A chorus comes again after another verse, a verse with its chorus: is what lies around the repeats alike, too? */
function addContext(table: Table, scale: string, { count, values }: Similarity, { kept, at }: Repeats, shift: number): void {
  const inside = (frame: number) => Math.min(count - 1, Math.max(0, frame));
  for (const [name, by] of [['contextBefore', -shift], ['contextAfter', shift]] as const)
    addColumn(table, `${name}.${scale}`, (frame) => {
      const others = at.subarray(frame * kept, frame * kept + AVERAGED).filter((it) => it >= 0);
      if (others.length === 0) return NaN;
      return others.reduce((sum, other) => sum + (values[inside(frame + by) * count + inside(other + by)] as number), 0) / others.length;
    });
}

/** Seconds for which the passage that comes again goes on backwards and forwards, on average of the three best repeats. */
export function addRuns(table: Table, { count, values }: Similarity, { kept, at }: Repeats, secondsPerFrame: number): void {
  const most = Math.round(60 / secondsPerFrame);
  const runs = (frame: number, other: number, side: 1 | -1) => {
    let length = 0;
    for (let a = frame, b = other; length < most && a >= 0 && b >= 0 && a < count && b < count && (values[a * count + b] as number) >= 0.5; a += side, b += side) length++;
    return length;
  };
  for (const [name, side] of [['runBack', -1], ['runAhead', 1]] as const)
    addColumn(table, name, (frame) => {
      const others = at.subarray(frame * kept, frame * kept + AVERAGED).filter((it) => it >= 0);
      return others.reduce((sum, other) => sum + runs(frame, other, side), 0) * (secondsPerFrame / AVERAGED);
    });
}
