import { findFfmpeg } from '../audio/ffmpeg.ts';
import type { Services } from '../services.ts';
import { loadScoreCard, type ScoreCard } from './card.ts';
import { rangeAround } from './interval.ts';
import { activeScoreModel } from './own-model.ts';
import { percentileIn } from './percentile.ts';
import { quadrantOf } from './quadrant.ts';
import type { Outcome } from './session.ts';
import type { Predicted, ScoreAnswer, ScoreReference, Span } from './types.ts';

export type ScoreInput = {
  /** A staged file. */
  path: string;
  title: string;
  maxBytes: number;
  /** Second at which the user wants the hook to start, instead of the one found. */
  hookStart?: number;
  onStage?: (stage: 'listening' | 'scoring') => void;
};

/**
 * Scores one recording: decode, hook, log-mel, network, percentiles, what moved it, songs like it. The score is the percentile of the
 * predicted plays, listeners times plays per listener, among the model's reference songs: many who hear it once and few who repeat it
 * can stand equally high.
 *
 * @param services without `db` only the demonstration can score
 * @throws UserError `model-missing`, `model-broken`, `ffmpeg-missing`, and what analyseAudio refuses.
 */
export async function scoreFile({ work, config, db }: Pick<Services, 'work' | 'config'> & Partial<Pick<Services, 'db'>>, { path, title, maxBytes, hookStart, onStage }: ScoreInput): Promise<ScoreAnswer> {
  const { cardPath, why } = await activeScoreModel({ config, ...(db && { db }) });
  const card = await loadScoreCard(cardPath);
  const { path: ffmpeg } = await findFfmpeg(config);
  onStage?.('listening');
  const { logMel, frames, waveform, hook, hookBy, otherHooks, seconds, level, tags, warnings } = await work.run('analyseAudio', { path, ffmpeg, maxBytes, ...(hookStart !== undefined && { hookStart }) });
  onStage?.('scoring');
  const { outcome, occlusion, spectrogram, nearest, points } = await work.run('scoreClip', { logMel, frames, hook, fewest: config.minimumGroup, card: cardPath });
  return {
    demoId: null,
    title,
    ...scoreOf(outcome, card),
    embedding: outcome.embedding,
    occlusion,
    spectrogram,
    nearest,
    hook,
    hookBy,
    otherHooks,
    seconds,
    level,
    tags,
    warnings: [...warnings, ...movedPart(hookBy === 'user' ? hookStart : undefined, hook)],
    waveform: { peaks: Array.from(waveform.peaks, (peak) => Math.round(peak * 1000) / 1000), seconds: waveform.seconds },
    model: { id: card.id, demonstration: card.demonstration, why },
    reference: referenceOf(card, points),
  };
}

/** That the chosen part was moved back, so that 30 seconds fit before the end of the recording. */
function movedPart(chosen: number | undefined, { start }: Span): ScoreAnswer['warnings'] {
  const seconds = Math.round((chosen ?? start) - start);
  return seconds > 0 ? [{ code: 'part-moved', context: { seconds } }] : [];
}

/** Percentiles and intervals of a prediction among a card's reference songs; the interval's ends take the same way as the score itself. */
export function scoreOf({ listeners, playsPerListener }: Pick<Outcome, 'listeners' | 'playsPerListener'>, { reference, interval }: Pick<ScoreCard, 'reference' | 'interval'>): Pick<ScoreAnswer, 'score' | 'interval' | 'listeners' | 'playsPerListener' | 'quadrant' | 'predicted'> {
  const predicted = (name: 'listeners' | 'playsPerListener', value: number): Predicted => ({
    value,
    percentile: percentileIn(reference[name], value),
    ...rangeAround(Math.log(value), interval[name]),
  });
  const plays = listeners * playsPerListener;
  const { low, high } = rangeAround(Math.log(plays), interval.plays);
  const parts = { listeners: predicted('listeners', listeners), playsPerListener: predicted('playsPerListener', playsPerListener) };
  return {
    score: percentileIn(reference.plays, plays),
    interval: { low: percentileIn(reference.plays, low), high: percentileIn(reference.plays, high), level: interval.level, coverage: interval.coverage.plays },
    ...parts,
    quadrant: quadrantOf(parts.listeners.percentile, parts.playsPerListener.percentile),
    predicted: { listeners: Math.log(listeners), plays: Math.log(plays) },
  };
}

function referenceOf({ reference, training: { source } }: ScoreCard, points: ScoreReference['points']): ScoreReference {
  const { songs, artists, from, to, dataDate, listeners, playsPerListener } = reference;
  return { source, songs, artists, from, to, dataDate, middle: [listeners[50] as number, playsPerListener[50] as number], points };
}
