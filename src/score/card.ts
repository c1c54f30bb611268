import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { UserError } from '../errors.ts';

/** The model that ships with Encore: a demonstration. */
export const DEMO_CARD = fileURLToPath(new URL('../../models/score-demo.json', import.meta.url));

/** At 0 %, 1 %, ..., 100 %. */
const rising = z
  .array(z.number())
  .length(101)
  .refine((values) => values.every((value, index) => index === 0 || value >= (values[index - 1] as number)), 'must rise');
/** Of the reference songs' predictions, in natural units. */
const quantiles = rising.refine((values) => (values[0] as number) > 0, 'must be positive');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
const measures = z.object({ spearman: estimate, kendall: estimate, ndcg: estimate, recall: estimate });
/** `lead`: the model's Spearman's rho less the baseline's, in the same bootstrap draws. */
const baseline = measures.extend({ lead: estimate });
const baselines = { artistMean: baseline, releaseYear: baseline, loudness: baseline, shuffledLabels: baseline.extend({ explained: z.number() }) };
const head = z.object({ model: measures.extend({ explained: z.number(), shiftSd: z.number(), planted: estimate.optional(), otherHead: z.number().optional() }), ...baselines });
const judged = z.object({
  songs: z.number().int(),
  artists: z.number().int(),
  at: z.number().int(),
  from: z.iso.date(),
  to: z.iso.date(),
  listeners: head,
  playsPerListener: head,
  plays: head,
});
/** What to add to a log prediction. */
const margin = z.tuple([z.number(), z.number()]);
const shares = z.object({ listeners: z.number(), playsPerListener: z.number(), plays: z.number() });

const card = z.object({
  version: z.literal(2),
  id: z.string().min(1),
  demonstration: z.boolean(),
  file: z.string().regex(/^[\w.-]+\.onnx$/),
  sha256,
  songs: z.string().regex(/^[\w.-]+\.songs\.json$/),
  songsSha256: sha256,
  input: z.object({ name: z.string(), frames: z.number().int(), mels: z.number().int(), sampleRate: z.literal(22_050), fft: z.literal(2048), hop: z.literal(512) }),
  output: z.object({ name: z.string(), days: z.number().int(), embedding: z.string(), width: z.number().int() }),
  reference: z.object({
    songs: z.number().int(),
    artists: z.number().int(),
    dataDate: z.iso.date(),
    from: z.iso.date(),
    to: z.iso.date(),
    listeners: quantiles,
    playsPerListener: quantiles,
    plays: quantiles,
  }),
  interval: z.object({ level: z.number(), artists: z.number().int(), songs: z.number().int(), listeners: margin, playsPerListener: margin, plays: margin, coverage: shares }),
  pairs: z.object({
    songs: z.number().int(),
    listeners: rising,
    plays: rising,
    brier: z.object({ listeners: z.number(), plays: z.number() }),
    calibration: z.array(z.object({ from: z.number(), to: z.number(), said: z.number(), came: z.number(), n: z.number().int() })),
  }),
  check: z.object({ outcome: z.tuple([z.number(), z.number()]), embedding: z.array(z.number()) }),
  training: z.looseObject({ source: z.string(), songs: z.number().int(), artists: z.number().int() }),
  metrics: z.object({
    unseenArtists: judged,
    laterReleases: judged,
    beats: z.object({ artistMean: z.boolean(), releaseYear: z.boolean(), loudness: z.boolean(), shuffledLabels: z.boolean() }),
  }),
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
