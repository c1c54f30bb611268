import { UserError } from '../errors.ts';
import { progressTo } from '../work/progress.ts';
import { fitEngine, type DataKind } from './engine.ts';
import { FEWEST_TO_LEARN, type LearnOptions } from './retrain.ts';
import { rollingForecasts, type Tested } from './rolling-forecasts.ts';
import { readEngine, type StoredEngine } from './store-engine.ts';
import { TRAJECTORY_DAYS, type FinishedSong } from './types.ts';

/** More songs hardly change the result. */
const MOST_SONGS = 400;
/** A model that knows the catalogue is learned anew for each of this many blocks, which together are the later part of the songs. */
const BLOCKS = 3;
const TESTED = 0.6;

/** `active`: the shipped model, which has seen none of the songs; absent where the catalogue's own model answers, which has seen them. */
type Input = { songs: FinishedSong[]; kind: DataKind; active?: StoredEngine; progress?: string };

/** The worker's part of backtestCatalogue. @throws UserError `too-few-earlier-songs` when too few songs had finished before any block */
export const backtestForecast = ({ songs, kind, active, progress }: Input): Tested[] =>
  progressTo(progress, (onProgress) => (active ? rollingForecasts(readEngine(active), drawn(songs), songs, onProgress) : backtestBlocks(songs, kind, { onProgress })));

/**
 * An honest test of a model that has learned from all of the songs: the later songs in blocks by release, each forecast by a model that has learned only from the songs finished before
 * the block's first one came out.
 */
export function backtestBlocks(songs: readonly FinishedSong[], kind: DataKind, { onProgress, ...options }: LearnOptions = {}): Tested[] {
  const byDate = songs.toSorted((a, b) => a.date - b.date);
  const bounds = Array.from({ length: BLOCKS + 1 }, (_, at) => Math.floor(byDate.length * (1 - TESTED + (TESTED * at) / BLOCKS)));
  const all = bounds.slice(0, BLOCKS).map((from, at) => {
    const tested = byDate.slice(from, bounds[at + 1]);
    return { tested, earlier: byDate.filter((song) => song.date <= (tested[0]?.date ?? 0) - TRAJECTORY_DAYS) };
  });
  const blocks = all.filter(({ earlier }) => earlier.length >= FEWEST_TO_LEARN / 2);
  if (blocks.length === 0) throw new UserError('too-few-earlier-songs', { earlier: all.at(-1)?.earlier.length ?? 0, needed: FEWEST_TO_LEARN / 2 });
  return blocks.flatMap(({ tested, earlier }, at) => {
    const engine = fitEngine(earlier, { ...options, kind, onProgress: (done) => onProgress?.((at + done) / blocks.length) });
    return rollingForecasts(engine, drawn(tested, MOST_SONGS / blocks.length), byDate);
  });
}

/** Evenly drawn. */
function drawn(songs: readonly FinishedSong[], most = MOST_SONGS): FinishedSong[] {
  const step = Math.max(1, songs.length / most);
  return songs.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}
