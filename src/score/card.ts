import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { UserError } from '../errors.ts';

/** The model that ships with Encore: a demonstration. */
export const DEMO_CARD = fileURLToPath(new URL('../../models/score-demo.json', import.meta.url));

/** 0 %, 1 %, ..., 100 % of the reference songs' predictions. */
const quantiles = z
  .array(z.number().positive())
  .length(101)
  .refine((values) => values.every((value, index) => index === 0 || value >= (values[index - 1] as number)), 'must rise');
const interval = z.object({ rho: z.number(), low: z.number(), high: z.number() });
const headMetrics = z.object({
  outcome: interval,
  planted: interval.optional(),
  explained: z.number(),
  shuffledLabels: z.object({ rho: z.number(), explained: z.number() }),
  loudnessOnly: z.number(),
  otherHead: z.number(),
  shiftSd: z.number(),
});

const card = z.object({
  version: z.literal(1),
  id: z.string().min(1),
  demonstration: z.boolean(),
  file: z.string().regex(/^[\w.-]+\.onnx$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  input: z.object({ name: z.string(), frames: z.number().int(), mels: z.number().int(), sampleRate: z.literal(22_050), fft: z.literal(2048), hop: z.literal(512) }),
  output: z.object({ name: z.string(), days: z.number().int() }),
  reference: z.object({ songs: z.number().int(), dataDate: z.iso.date().optional(), listeners: quantiles, playsPerListener: quantiles, plays: quantiles }),
  check: z.object({ outcome: z.tuple([z.number(), z.number()]) }),
  training: z.looseObject({ source: z.string(), songs: z.number().int() }),
  metrics: z.object({ songs: z.number().int(), artists: z.number().int(), unseenArtists: z.object({ listeners: headMetrics, playsPerListener: headMetrics }) }),
  licence: z.string(),
  limits: z.string(),
});

/** What stands in a model's card; every field is explained in models/README.md. */
export type ScoreCard = z.infer<typeof card>;

/**
 * Reads and checks the card of the score model.
 * @throws UserError `model-missing` when there is no card, `model-broken` when it isn't one.
 * @example (await loadScoreCard()).demonstration // true: the shipped model
 */
export async function loadScoreCard(path: string = DEMO_CARD): Promise<ScoreCard> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError('model-missing', { path }, { cause: error });
  });
  try {
    return card.parse(JSON.parse(content));
  } catch (error) {
    throw new UserError('model-broken', { path }, { cause: error });
  }
}
