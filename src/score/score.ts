import { findFfmpeg } from '../audio/ffmpeg.ts';
import type { Services } from '../services.ts';
import { DEMO_CARD, loadScoreCard } from './card.ts';
import { percentileIn } from './percentile.ts';
import type { ScoreAnswer } from './types.ts';

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
 * Scores one recording: decode, hook, log-mel, network, percentiles. The score is the percentile of the predicted plays, listeners times
 * plays per listener, among the model's reference songs: many who hear it once and few who repeat it can stand equally high.
 *
 * @throws UserError `model-missing`, `model-broken`, `ffmpeg-missing`, and what analyseAudio refuses.
 */
export async function scoreFile({ work, config }: Pick<Services, 'work' | 'config'>, { path, title, maxBytes, hookStart, onStage }: ScoreInput): Promise<ScoreAnswer> {
  const model = DEMO_CARD;
  const card = await loadScoreCard(model);
  const { path: ffmpeg } = await findFfmpeg(config);
  onStage?.('listening');
  const audio = await work.run('analyseAudio', { path, ffmpeg, maxBytes, ...(hookStart !== undefined && { hookStart }) });
  onStage?.('scoring');
  const { listeners, playsPerListener } = await work.run('predictScore', { logMel: audio.logMel, frames: audio.frames, card: model });
  return {
    demoId: null,
    title,
    score: percentileIn(card.reference.plays, listeners * playsPerListener),
    listeners: { value: listeners, percentile: percentileIn(card.reference.listeners, listeners) },
    playsPerListener: { value: playsPerListener, percentile: percentileIn(card.reference.playsPerListener, playsPerListener) },
    hook: audio.hook,
    seconds: audio.seconds,
    waveform: audio.waveform,
    warnings: audio.warnings,
    model: { id: card.id, demonstration: card.demonstration },
    reference: { source: card.training.source, songs: card.reference.songs, dataDate: card.reference.dataDate ?? null },
  };
}
