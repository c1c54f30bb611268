import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { UserError } from '../errors.ts';
import { DEMO_CARD, loadScoreCard, type ScoreCard } from './card.ts';

/** Natural units: distinct listeners, and plays per listener, in the days that the card names. */
export type Outcome = {
  listeners: number;
  playsPerListener: number;
  /** Where the clip stands among what the model has heard; compared by cosine. */
  embedding: number[];
};

export type PredictInput = {
  /** dB, row-major [frames][mels], as logMel writes it. */
  logMel: Float32Array;
  frames: number;
  /** Path of the model's card. */
  card?: string;
};

type Loaded = { card: ScoreCard; session: InferenceSession };

/** One session per model and thread: making one takes longer than running it. */
const sessions = new Map<string, Promise<Loaded>>();

/**
 * What the model expects of a clip.
 * @throws UserError as openScoreModel, and `model-broken` when its answer is no number
 * @throws RangeError when the clip isn't [frames][mels] long
 */
export async function predictScore({ logMel, frames, card: path = DEMO_CARD }: PredictInput): Promise<Outcome> {
  const { card, session } = await openScoreModel(path);
  if (frames !== card.input.frames || logMel.length !== frames * card.input.mels) throw new RangeError(`the model hears ${card.input.frames} frames of ${card.input.mels}, not ${frames} (${logMel.length} values)`);
  const clip = new Tensor('float32', logMel, [1, frames, card.input.mels]);
  const outputs = await session.run({ [card.input.name]: clip });
  const [listeners, playsPerListener] = (outputs[card.output.name]?.data ?? []) as Float32Array;
  const embedding = Array.from((outputs[card.output.embedding]?.data ?? []) as Float32Array);
  if (listeners === undefined || playsPerListener === undefined || embedding.length !== card.output.width) throw new UserError('model-broken', { path });
  if (![listeners, playsPerListener, ...embedding].every(Number.isFinite)) throw new UserError('model-broken', { path });
  return { listeners: Math.exp(listeners), playsPerListener: Math.exp(playsPerListener), embedding };
}

/**
 * The model behind a card, ready to run; read once per thread.
 * @throws UserError `model-missing`; `model-broken` when the weights aren't those of the card, can't be read, or want another input.
 */
export async function openScoreModel(path: string = DEMO_CARD): Promise<Loaded> {
  const loading = sessions.get(path) ?? load(path);
  sessions.set(path, loading);
  try {
    return await loading;
  } catch (error) {
    sessions.delete(path); // it may be repaired before the next demo comes
    throw error;
  }
}

async function load(path: string): Promise<Loaded> {
  const card = await loadScoreCard(path);
  const file = join(dirname(path), card.file);
  const weights = await readFile(file).catch((error: unknown) => {
    throw new UserError('model-missing', { path: file }, { cause: error });
  });
  if (createHash('sha256').update(weights).digest('hex') !== card.sha256) throw new UserError('model-broken', { path: file });
  const session = await InferenceSession.create(weights, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 }).catch((error: unknown) => {
    throw new UserError('model-broken', { path: file }, { cause: error });
  });
  const outputs = [card.output.name, card.output.embedding];
  if (!session.inputNames.includes(card.input.name) || !outputs.every((name) => session.outputNames.includes(name))) throw new UserError('model-broken', { path: file });
  return { card, session };
}
