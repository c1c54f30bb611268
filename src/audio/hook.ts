import type { Span } from '../score/types.ts';
import { createChroma, type Chroma } from './chroma.ts';
import { SAMPLE_RATE } from './decode.ts';
import { boxMeans, repetition } from './repetition.ts';
import { songFrames } from './song-frames.ts';

/** Length of the part that is scored. */
export const HOOK_SECONDS = 30;

/** `whole`: the recording is no longer than a hook. `loudest`: nothing comes again, so its loudest 30 s are taken. */
export type Hook = { span: Span; by: 'repetition' | 'loudest' | 'whole' };

/**
 * The best 30 seconds: those whose frames score highest on average; the earliest of equals. Neither gain nor silence before the song
 * changes the choice.
 *
 * @param seconds length of the recording; the hook lies inside it.
 * @example a song ABAB of four 30-second parts without a shared chord gets the first of its A or B parts
 */
export function findHook(chroma: Chroma, seconds: number): Hook {
  if (seconds <= HOOK_SECONDS) return { span: { start: 0, end: seconds }, by: 'whole' };
  const song = songFrames(chroma);
  const scores = repetition(song);
  const width = Math.min(song.count, Math.round(HOOK_SECONDS / song.secondsPerFrame));
  const start = song.start + firstBest(boxMeans(scores ?? song.power, width)) * song.secondsPerFrame;
  return { span: spanAt(start, seconds), by: scores ? 'repetition' : 'loudest' };
}

/** The 30 seconds from `start`, moved forward where the recording ends earlier. */
export function spanAt(start: number, seconds: number): Span {
  const from = Math.max(0, Math.min(start, seconds - HOOK_SECONDS));
  return { start: from, end: Math.min(seconds, from + HOOK_SECONDS) };
}

/**
 * The hook of samples that are already in memory, as analyseAudio finds it in a file.
 * @param pcm mono samples at 22.05 kHz.
 */
export function hookOf(pcm: Float32Array): Hook {
  const chroma = createChroma();
  chroma.push(pcm);
  return findHook(chroma.finish(), pcm.length / SAMPLE_RATE);
}

/** Differences below 1e-9 of the largest are rounding: the earlier window wins. */
function firstBest(values: Float64Array): number {
  const most = values.reduce((best, value) => Math.max(best, value), -Infinity);
  return Math.max(0, values.findIndex((value) => value >= most - 1e-9 * Math.abs(most)));
}
