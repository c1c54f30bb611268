import { DEMO_CARD } from './card.ts';
import { drawSpectrogram } from './draw-spectrogram.ts';
import { nearestSongs } from './nearest.ts';
import { occlude } from './occlusion.ts';
import { loadReferenceSongs, type ReferenceSong } from './reference-songs.ts';
import { openScoreModel, predictScore, type Outcome } from './session.ts';
import type { NearestSong, Occlusion, ScoreReference, Span, Spectrogram } from './types.ts';

export type ScoreClipInput = {
  /** dB, row-major [frames][mels], as logMel writes it. */
  logMel: Float32Array;
  frames: number;
  hook: Span;
  /** Songs that fewer people listened to are not shown (the configuration's minimumGroup). */
  fewest: number;
  /** Path of the model's card. */
  card?: string;
};

export type ScoredClip = { outcome: Outcome; occlusion: Occlusion; spectrogram: Spectrogram; nearest: NearestSong[]; points: ScoreReference['points'] };

/** Beyond this many points a map only gets darker. */
const MOST_POINTS = 150;

/**
 * What the model expects of a clip, what moved it (143 more runs of the network for 30 s), and which songs are like it; in one task, so
 * that the clip crosses threads once.
 * @throws UserError and RangeError as predictScore and loadReferenceSongs
 */
export async function scoreClip({ logMel, frames, hook, fewest, card: path = DEMO_CARD }: ScoreClipInput): Promise<ScoredClip> {
  const { card } = await openScoreModel(path);
  const songs = (await loadReferenceSongs(path)).filter(({ listeners }) => listeners >= fewest);
  const clip = { logMel, frames, hook, secondsPerFrame: card.input.hop / card.input.sampleRate };
  const outcome = await predictScore({ logMel, frames, card: path });
  const occlusion = await occlude(clip, async (part) => {
    const { listeners, playsPerListener } = await predictScore({ logMel: part, frames, card: path });
    return Math.log(listeners * playsPerListener);
  });
  return { outcome, occlusion, spectrogram: drawSpectrogram(clip), nearest: nearestSongs(outcome.embedding, songs), points: pointsOf(songs) };
}

/** Songs evenly taken from the list, so that they look like all of them. */
function pointsOf(songs: readonly ReferenceSong[]): ScoreReference['points'] {
  const step = Math.max(1, songs.length / MOST_POINTS);
  return Array.from({ length: Math.min(songs.length, MOST_POINTS) }, (_, at) => songs[Math.floor(at * step)])
    .filter((song) => song !== undefined)
    .map(({ listeners, playsPerListener }) => [listeners, playsPerListener]);
}
