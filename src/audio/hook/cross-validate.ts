import type { Span } from '../../score/types.ts';
import { chooseWindows } from './choose.ts';
import { foldsOf } from './folds.ts';
import { measureHook, summariseHooks, type HookMetrics, type HookScore } from './measure.ts';
import { trainHookModel, type PreparedSong } from './train-model.ts';
import { lastStartOf, spanAt, WINDOW_SECONDS, windowMeans } from './window.ts';
import { columnOf } from './table.ts';
import { scoreWindows } from './score-windows.ts';


const FOLDS = 5;

/**
 * How well hooks are found in songs whose recordings were not learned from: 5 folds by group, repeated with other folds; everything is learned
 * anew in every fold, the start classifier too. Each song counts once, with its mean over the repeats.
 */
export function crossValidate(songs: readonly PreparedSong[], seed: number, repeats: number, onFold?: (done: number, of: number) => void): HookMetrics {
  const sums = songs.map((): HookScore => ({ overlap: 0, halfInside: 0, startWithin3s: 0 }));
  for (let repeat = 0; repeat < repeats; repeat++) {
    const folds = foldsOf(songs.map(({ group }) => group), FOLDS, seed + 1000 * repeat);
    for (let fold = 0; fold < FOLDS; fold++) {
      const model = trainHookModel(songs.filter((_, song) => folds[song] !== fold), seed + 1000 * repeat);
      songs.forEach((song, at) => {
        if (folds[at] === fold) add(sums[at] as HookScore, measureHook(bestSpan(song, scoreWindows(song.features, song.secondsPerFrame, model)), song.choruses), repeats);
      });
      onFold?.(repeat * FOLDS + fold + 1, repeats * FOLDS);
    }
  }
  return summariseHooks(sums, songs.map(({ group }) => group));
}

/** What takes no learning: the middle of the song, the mean over all windows, the 30 s that repeat most. */
export function baselines(songs: readonly PreparedSong[]): Record<'centre' | 'random' | 'mostRepeated', HookMetrics> {
  const groups = songs.map(({ group }) => group);
  const of = (score: (song: PreparedSong) => HookScore) => summariseHooks(songs.map(score), groups);
  return {
    centre: of((song) => measureHook(spanAt((song.seconds - WINDOW_SECONDS) / 2, song.seconds), song.choruses)),
    random: of((song) => {
      const mean: HookScore = { overlap: 0, halfInside: 0, startWithin3s: 0 };
      const starts = Math.max(1, Math.floor(song.seconds - WINDOW_SECONDS));
      for (let start = 0; start < starts; start++) add(mean, measureHook(spanAt(start, song.seconds), song.choruses), starts);
      return mean;
    }),
    mostRepeated: of((song) => measureHook(bestSpan(song, mostRepeated(song)), song.choruses)),
  };
}

const mostRepeated = ({ features, secondsPerFrame }: PreparedSong) => windowMeans(Float64Array.from(columnOf(features.table, 'mean.12s')), Math.round(WINDOW_SECONDS / secondsPerFrame));

function bestSpan({ start, secondsPerFrame, seconds, features }: PreparedSong, values: Float64Array): Span {
  const width = Math.round(WINDOW_SECONDS / secondsPerFrame);
  const [frame = 0] = chooseWindows(values, width, lastStartOf(seconds, start, secondsPerFrame, values.length), features.repeats, 1);
  return spanAt(start + frame * secondsPerFrame, seconds);
}

function add(sum: HookScore, score: HookScore, of: number): void {
  sum.overlap += score.overlap / of;
  sum.halfInside += score.halfInside / of;
  sum.startWithin3s += score.startWithin3s / of;
}
