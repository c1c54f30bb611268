import { meansOf } from './means.ts';
import type { FrameFeatures } from './features.ts';
import type { Repeats } from './repeats.ts';
import { addColumn, columnOf, newTable, type Table } from './table.ts';
import { WINDOW_SECONDS, windowMeans } from './window.ts';

/** Edges of the stretches around a frame whose mean probability is looked at, in seconds. */
const EDGES = [-30, -16, -8, -3, 0, 3, 8, 16, 24, 30, 35, 45];

/** Seconds on both sides over which a rise is measured. */
const RISES = [2, 5, 10];

const COPIED = ['border16', 'sinceBorder', 'untilBorder', 'runBack', 'runAhead', 'position', 'fromStart', 'toEnd', 'length', 'change', 'mean.12s', 'before.12s', 'after.12s', 'covered.12s', 'contextBefore.12s', 'contextAfter.12s', 'first.12s', 'rank.6s', 'rank.20s', 'nearest.12s'];
const STEPPED = ['mean.6s', 'mean.12s', 'mean.20s', 'covered.6s', 'covered.12s', 'runBack', 'runAhead'];

/**
 * What the start classifier sees of each frame: how the chorus probability and the repetition rise there, the borders near, and whether
 * the same happens where the passage comes again.
 * @param chorus probability per frame, from the chorus classifier
 */
export function startFeatures({ table: known, repeats }: FrameFeatures, chorus: Float64Array, secondsPerFrame: number): Table {
  const table = newTable(known.frames);
  const frames = (seconds: number) => Math.round(seconds / secondsPerFrame);
  const mean = meansOf(chorus);
  const rise = (of: typeof mean, seconds: number) => (frame: number) => of(frame, frame + frames(seconds)) - of(frame - frames(seconds), frame);
  const windows = windowMeans(chorus, frames(WINDOW_SECONDS));
  const best = windows.reduce((most, value) => Math.max(most, value), 0);
  addColumn(table, 'window', (frame) => windows[frame] as number);
  addColumn(table, 'windowBelowBest', (frame) => best - (windows[frame] as number));
  EDGES.slice(1).forEach((to, i) => addColumn(table, `chorus${EDGES[i]}`, (frame) => mean(frame + frames(EDGES[i] as number), frame + frames(to))));
  for (const seconds of RISES) addColumn(table, `rise${seconds}`, rise(mean, seconds));
  addBorders(table, known, frames(WINDOW_SECONDS));
  for (const name of COPIED) table.columns.set(name, columnOf(known, name));
  for (const name of STEPPED) {
    const of = meansOf(columnOf(known, name));
    addColumn(table, `step4.${name}`, rise(of, 4));
    addColumn(table, `step10.${name}`, rise(of, 10));
    addColumn(table, `inside.${name}`, (frame) => of(frame + frames(4), frame + frames(12)));
  }
  const aligned = (name: string, value: (frame: number) => number) => addColumn(table, `aligned.${name}`, meanOverRepeats(repeats, frames(6), value));
  aligned('border', (frame) => highest(columnOf(known, 'border8'), frame, 2));
  aligned('chorus', (frame) => mean(frame, frame + frames(8)));
  aligned('chorusBefore', (frame) => mean(frame - frames(8), frame));
  aligned('rise', rise(mean, 5));
  aligned('window', (frame) => windows[frame] as number);
  return table;
}

function addBorders(table: Table, known: Table, window: number): void {
  const border = columnOf(known, 'border8');
  addColumn(table, 'border8', (frame) => border[frame] as number);
  for (const reach of [2, 6]) addColumn(table, `border8Within${reach}`, (frame) => highest(border, frame, reach));
  addColumn(table, 'border16Within6', (frame) => highest(columnOf(known, 'border16'), frame, 6));
  addColumn(table, 'borderAtEnd', (frame) => highest(border, frame + window, 6));
  addColumn(table, 'toBorder', (frame) => {
    let nearest = 0;
    for (let by = -10; by <= 10; by++) if ((border[frame + by] ?? -Infinity) > (border[frame + nearest] as number)) nearest = by;
    return nearest;
  });
}

/** NaN outside the song. */
function highest(values: Float32Array, frame: number, reach: number): number {
  const near = values.subarray(Math.max(0, frame - reach), Math.max(0, frame + reach + 1));
  return near.length > 0 ? near.reduce((most, value) => Math.max(most, value), -Infinity) : NaN;
}

/** The mean of `value` where the passage that starts at a frame comes again; its repeats are looked up `ahead` frames into it. */
function meanOverRepeats({ kept, at, value: strength }: Repeats, ahead: number, value: (frame: number) => number): (frame: number) => number {
  const count = at.length / kept;
  return (frame) => {
    const inside = Math.min(count - 1, frame + ahead);
    let [sum, known] = [0, 0];
    for (let k = inside * kept; k < inside * kept + 4; k++) {
      if (!((strength[k] as number) >= 0.6)) continue;
      const there = value(Math.max(0, (at[k] as number) - ahead));
      if (Number.isNaN(there)) continue;
      sum += there;
      known++;
    }
    return known > 0 ? sum / known : NaN;
  };
}
