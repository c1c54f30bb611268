import { CHROMA_CLASSES } from '../chroma.ts';
import type { SongFrames } from '../song-frames.ts';
import { meansOf, ranksOf } from './means.ts';
import { novelty } from './novelty.ts';
import { addRepeatFeatures, addRuns } from './repeat-features.ts';
import { repeatsOf, type Repeats } from './repeats.ts';
import { cosinesOf, similarityOver } from './similarity.ts';
import { addColumn, columnOf, newTable, type Table } from './table.ts';
import { trebleOf } from './treble.ts';

/** `repeats` are those of 12 s. */
export type FrameFeatures = { table: Table; repeats: Repeats; /** Cosine above the song's median that the best frame's three best repeats have on average. */ contrast: number };

const KEPT = 6;
const SCALES = [6, 12, 20] as const;
const TREBLE_SECONDS = 8;
const AROUND_SECONDS = [-45, -30, -22, -15, -8, 8, 15, 22, 30, 45] as const;

/** Columns whose values before and after a frame say more: is what follows repeated more than what came? */
const CARRIED = ['mean.12s', 'rank.12s', 'repeat1.12s', 'before.12s', 'after.12s', 'covered.12s', 'contextBefore.12s', 'contextAfter.12s', 'mean.20s', 'rank.6s', 'border16', 'first.12s', 'last.12s', 'change'];

/** Columns whose place within the song is a feature, too. */
const RANKED = ['repeat1.12s', 'repeat2.12s', 'repeat4.12s', 'repeat1.6s', 'mean.treble', 'before.12s', 'after.12s', 'contextBefore.12s', 'contextAfter.12s', 'covered.20s', 'runBack', 'runAhead', 'both'];

/**
 * What the chorus classifier sees of each frame: repetition on several scales, borders, harmony's pace and position. All of it is relative to
 * the song itself, so that neither gain nor key nor the way the chroma was made matters much.
 */
export function frameFeatures(song: SongFrames): FrameFeatures {
  const dt = song.secondsPerFrame;
  const table = newTable(song.count);
  const cosines = cosinesOf(song);
  const close = similarityOver(cosines, 2);
  for (const seconds of [8, 16]) table.columns.set(`border${seconds}`, novelty(close, Math.round(seconds / dt)));
  addBorderTimes(table, dt);
  const found = SCALES.map((seconds) => {
    const similarity = similarityOver(cosines, seconds);
    const repeats = repeatsOf(similarity, dt, KEPT);
    addRepeatFeatures(table, `${seconds}s`, similarity, repeats, dt);
    if (seconds === 6) addRuns(table, similarity, repeats, dt);
    return { repeats, contrast: highestOf(columnOf(table, `mean.${seconds}s`)) * (similarity.high - similarity.median) };
  });
  const treble = similarityOver(cosinesOf(trebleOf(song)), TREBLE_SECONDS);
  addRepeatFeatures(table, 'treble', treble, repeatsOf(treble, dt, KEPT), dt);
  addColumn(table, 'change', paceOf(song));
  addColumn(table, 'both', (frame) => (columnOf(table, 'before.12s')[frame] as number) + (columnOf(table, 'after.12s')[frame] as number));
  for (const name of RANKED) table.columns.set(`rank.${name}`, ranksOf(columnOf(table, name)));
  addSurroundings(table, dt);
  addPosition(table, dt);
  return { table, ...(found[1] as (typeof found)[number]) };
}

const highestOf = (values: Float32Array) => values.reduce((best, value) => (value > best ? value : best), 0);

/** Seconds since the last clear border and until the next. */
function addBorderTimes(table: Table, dt: number): void {
  const curve = columnOf(table, 'border16');
  const at = (frame: number) => curve[frame] ?? -Infinity;
  const isBorder = (frame: number) => at(frame) > 0.5 && at(frame) >= at(frame - 1) && at(frame) > at(frame + 1);
  let last = 0;
  addColumn(table, 'sinceBorder', (frame) => {
    if (isBorder(frame)) last = frame;
    return (frame - last) * dt;
  });
  const until = addColumn(table, 'untilBorder');
  for (let frame = table.frames - 1, next = table.frames; frame >= 0; frame--) {
    until[frame] = (next - frame) * dt;
    if (isBorder(frame)) next = frame;
  }
}

/** How fast the harmony changes around each frame, over 8 s, as a rank within the song. */
function paceOf({ vectors, count, secondsPerFrame }: SongFrames): (frame: number) => number {
  const steps = new Float64Array(count);
  for (let frame = 2; frame < count; frame++) {
    let cosine = 0;
    for (let c = 0; c < CHROMA_CLASSES; c++) cosine += (vectors[frame * CHROMA_CLASSES + c] as number) * (vectors[(frame - 2) * CHROMA_CLASSES + c] as number);
    steps[frame] = 1 - cosine;
  }
  const mean = meansOf(steps);
  const half = Math.round(4 / secondsPerFrame);
  const ranks = ranksOf(steps.map((_, frame) => mean(frame - half, frame + half + 1)));
  return (frame) => ranks[frame] as number;
}

function addSurroundings(table: Table, dt: number): void {
  for (const name of CARRIED) {
    const values = columnOf(table, name);
    for (const seconds of AROUND_SECONDS) {
      const shift = Math.round(seconds / dt);
      addColumn(table, `${name}${seconds > 0 ? '+' : ''}${seconds}`, (frame) => values[frame + shift] ?? NaN);
    }
  }
}

function addPosition(table: Table, dt: number): void {
  addColumn(table, 'position', (frame) => frame / table.frames);
  addColumn(table, 'fromStart', (frame) => frame * dt);
  addColumn(table, 'toEnd', (frame) => (table.frames - frame) * dt);
  addColumn(table, 'length', () => table.frames * dt);
}
