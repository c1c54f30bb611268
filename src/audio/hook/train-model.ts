import { binColumns, type Binned } from '../../boosting/bin-columns.ts';
import { trainBoosting } from '../../boosting/train.ts';
import type { BoostingOptions, Ensemble } from '../../boosting/types.ts';
import type { Span } from '../../score/types.ts';
import { songFrames } from '../song-frames.ts';
import { frameFeatures, type FrameFeatures } from './features.ts';
import { foldsOf } from './folds.ts';
import type { LabelledSong } from './mcgill.ts';
import { probabilities, type HookModel } from './model.ts';
import { startFeatures } from './start-features.ts';
import { columnOf, type Table } from './table.ts';

/** A labelled song with its features; the chroma is no longer needed. */
export type PreparedSong = { group: string; seconds: number; choruses: Span[]; start: number; secondsPerFrame: number; features: FrameFeatures };

export function prepareSong({ group, seconds, choruses, chroma }: LabelledSong): PreparedSong {
  const song = songFrames(chroma());
  return { group, seconds, choruses, start: song.start, secondsPerFrame: song.secondsPerFrame, features: frameFeatures(song) };
}

/** Neighbouring frames are nearly the same: every third is enough to learn from. */
const EVERY = { chorus: 3, start: 2 } as const;
const INNER_FOLDS = 5;
const BINS = 64;

const CHORUS_OPTIONS: Omit<BoostingOptions, 'seed'> = { loss: { kind: 'logistic' }, trees: 150, leaves: 16, learningRate: 0.05, minRows: 100, lambda: 50, columnShare: 0.2 };
const START_OPTIONS: Omit<BoostingOptions, 'seed'> = { loss: { kind: 'logistic' }, trees: 120, leaves: 8, learningRate: 0.06, minRows: 60, lambda: 20, columnShare: 0.3 };

/**
 * Learns both classifiers. The second reads the first one's probabilities, which must look as they will for new songs: they come from
 * classifiers that never saw the song's group.
 */
export function trainHookModel(songs: readonly PreparedSong[], seed: number): HookModel {
  const folds = foldsOf(songs.map(({ group }) => group), INNER_FOLDS, seed);
  const tables = songs.map(({ features }) => features.table);
  const rows = rowsOf(tables, songs.map(insideChorus), EVERY.chorus);
  const held = songs.map((): Float64Array => new Float64Array());
  for (let fold = 0; fold < INNER_FOLDS; fold++) {
    const classifier = learn(rows, (song) => folds[song] !== fold, { ...CHORUS_OPTIONS, seed: seed + 1 + fold });
    tables.forEach((table, song) => {
      if (folds[song] === fold) held[song] = probabilities(classifier, table);
    });
  }
  const starts = songs.map(({ features, secondsPerFrame }, song) => startFeatures(features, held[song] as Float64Array, secondsPerFrame));
  const start = learn(rowsOf(starts, songs.map(nearStart), EVERY.start), () => true, { ...START_OPTIONS, seed });
  return { chorus: learn(rows, () => true, { ...CHORUS_OPTIONS, seed }), start };
}

/** Every `every`th frame of all songs; `weight` makes all songs weigh the same, whatever their length. */
type Rows = { binned: Binned; target: Float64Array; weight: Float64Array; song: Uint16Array };

function rowsOf(tables: readonly Table[], targets: readonly Float64Array[], every: number): Rows {
  const places = tables.flatMap(({ frames }, song) => Array.from({ length: Math.ceil((frames - (song % every)) / every) }, (_, i) => ({ song, frame: (song % every) + i * every })));
  const names = [...(tables[0]?.columns.keys() ?? [])];
  const columns = names.map((name) => {
    const bySong = tables.map((table) => columnOf(table, name));
    return Float32Array.from(places, ({ song, frame }) => bySong[song]?.[frame] as number);
  });
  return {
    binned: binColumns(columns, BINS),
    target: Float64Array.from(places, ({ song, frame }) => targets[song]?.[frame] as number),
    weight: Float64Array.from(places, ({ song }) => MEAN_FRAMES / (tables[song] as Table).frames),
    song: Uint16Array.from(places, ({ song }) => song),
  };
}

/** About the frames of one song: keeps weights near 1, so that `lambda` means what it says. */
const MEAN_FRAMES = 400;

const learn = ({ binned, target, weight, song }: Rows, isUsed: (song: number) => boolean, options: BoostingOptions): Ensemble =>
  trainBoosting(binned, { target, weight: weight.map((value, row) => (isUsed(song[row] as number) ? value : 0)) }, options);

/** Share of each frame inside a chorus. */
function insideChorus({ choruses, start, secondsPerFrame, features }: PreparedSong): Float64Array {
  return Float64Array.from({ length: features.table.frames }, (_, frame) => {
    const from = start + frame * secondsPerFrame;
    const seconds = choruses.reduce((sum, chorus) => sum + Math.max(0, Math.min(from + secondsPerFrame, chorus.end) - Math.max(from, chorus.start)), 0);
    return Math.min(1, seconds / secondsPerFrame);
  });
}

/** 1 up to 2 s from a chorus's start, falling to 0 at 4 s. */
function nearStart({ choruses, start, secondsPerFrame, features }: PreparedSong): Float64Array {
  return Float64Array.from({ length: features.table.frames }, (_, frame) => {
    const distance = Math.min(...choruses.map((chorus) => Math.abs(chorus.start - start - frame * secondsPerFrame)));
    return Math.min(1, Math.max(0, (4 - distance) / 2));
  });
}
