import stored from '../../../models/hook.json' with { type: 'json' };
import type { Span } from '../../score/types.ts';
import type { Chroma } from '../chroma.ts';
import { SAMPLE_RATE } from '../decode.ts';
import { songFrames, type SongFrames } from '../song-frames.ts';
import { createAlignedChroma, type AlignedChroma } from './aligned-chroma.ts';
import { chooseWindows } from './choose.ts';
import { coarsen } from './coarsen.ts';
import { readHookModel, type HookModel, type StoredHookModel } from './model.ts';
import type { Repeats } from './repeats.ts';
import { scoreWindows } from './score-windows.ts';
import { lastStartOf, spanAt, WINDOW_SECONDS, windowMeans } from './window.ts';
import { frameFeatures } from './features.ts';

/**
 * `others`: up to two other parts of the song, best first, no two of the three overlapping by more than half; fewer in a short recording.
 * `whole`: the recording is no longer than a hook. `loudest`: nothing comes again, so its loudest 30 s are taken.
 */
export type Hook = { span: Span; by: 'learned' | 'loudest' | 'whole'; others: Span[] };

const CANDIDATES = 3;

/** Below this nothing comes again: white noise reaches 0.28, the least repetitive song of McGill Billboard 0.49. */
const LEAST_CONTRAST = 0.3;

let shipped: HookModel | undefined;

/**
 * The 30 seconds of a song that most probably are its chorus. Neither gain nor silence before the song changes the choice.
 * @param chroma from createAlignedChroma; from createChroma, a pause before the song may decide between equals.
 * @param seconds length of the recording; the spans lie inside it.
 * @param model default: the weights in models/hook.json
 * @example findHook(chroma, 20).span // { start: 0, end: 20 }
 */
export function findHook(chroma: Chroma & Partial<AlignedChroma>, seconds: number, model: HookModel = (shipped ??= readHookModel(stored as StoredHookModel))): Hook {
  if (seconds <= WINDOW_SECONDS) return { span: { start: 0, end: seconds }, by: 'whole', others: [] };
  const sounding = songFrames(chroma);
  const song = coarsen({ ...sounding, start: sounding.start + (chroma.start ?? 0) });
  const { values, repeats, by } = worths(song, model);
  const width = Math.round(WINDOW_SECONDS / song.secondsPerFrame);
  const lastStart = lastStartOf(seconds, song.start, song.secondsPerFrame, song.count);
  const [span, ...others] = chooseWindows(values, width, lastStart, repeats, CANDIDATES).map((frame) => spanAt(song.start + frame * song.secondsPerFrame, seconds));
  return { span: span as Span, by, others };
}

/**
 * The hook of samples that are already in memory, as analyseAudio finds it in a file.
 * @param pcm mono samples at 22.05 kHz.
 */
export function hookOf(pcm: Float32Array): Hook {
  const chroma = createAlignedChroma();
  chroma.push(pcm);
  return findHook(chroma.finish(), pcm.length / SAMPLE_RATE);
}

function worths(song: SongFrames, model: HookModel): { values: Float64Array; repeats: Repeats; by: Hook['by'] } {
  const features = frameFeatures(song);
  const { repeats } = features;
  if (features.contrast >= LEAST_CONTRAST) return { values: scoreWindows(features, song.secondsPerFrame, model), repeats, by: 'learned' };
  const loudness = windowMeans(song.power, Math.round(WINDOW_SECONDS / song.secondsPerFrame));
  const most = loudness.reduce((best, value) => Math.max(best, value), 0);
  return { values: loudness.map((value) => (most > 0 ? value / most : 0)), repeats, by: 'loudest' };
}
