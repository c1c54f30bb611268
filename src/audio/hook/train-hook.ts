import { UserError } from '../../errors.ts';
import { baselines, crossValidate } from './cross-validate.ts';
import { readMcGill } from './mcgill.ts';
import type { HookMetrics } from './measure.ts';
import { storeHookModel, type StoredHookModel } from './model.ts';
import { prepareSong, trainHookModel } from './train-model.ts';

/** Fewer can't be split into five folds of folds. */
const FEWEST_RECORDINGS = 8;

/** What a hook model is, was made of and can do. */
export type HookCard = {
  what: string;
  inputs: string;
  data: string;
  licence: string;
  songs: number;
  recordings: number;
  seed: number;
  method: string;
  validation: string;
  repeats: number;
  metrics: HookMetrics;
  baselines: Record<string, HookMetrics>;
  limits: string[];
};

export type TrainHookOptions = { seed: number; /** Repeats of the cross-validation behind the card's numbers. */ repeats: number; onFold?: (done: number, of: number) => void };

/**
 * Trains the hook finder from a folder in the layout of McGill Billboard (see mcgill.ts). Same folder and seed: the same weights.
 * @throws UserError `hook-few-songs`; Error of node:fs when a file is missing
 */
export function trainHook(dir: string, { seed, repeats, onFold }: TrainHookOptions): { model: StoredHookModel; card: HookCard } {
  const labelled = readMcGill(dir);
  const recordings = new Set(labelled.map(({ group }) => group)).size;
  if (recordings < FEWEST_RECORDINGS) throw new UserError('hook-few-songs', { recordings, fewest: FEWEST_RECORDINGS });
  const songs = labelled.map(prepareSong);
  const metrics = crossValidate(songs, seed, repeats, onFold);
  const model = storeHookModel(trainHookModel(songs, seed));
  return {
    model,
    card: {
      what: 'Finds the 30 seconds of a song that most probably are its chorus: two ensembles of boosted trees over repetition features.',
      inputs: 'Chroma, 12 bass and 12 treble classes, 2.15 frames a second; src/audio/hook/features.ts and start-features.ts.',
      data: 'McGill Billboard: published chroma and human section names. Burgoyne, Wild & Fujinaga, ISMIR 2011.',
      licence: 'CC0',
      songs: songs.length,
      recordings,
      seed,
      method: 'Probability of chorus per frame, 0.7 its own and 0.3 that of its repeats, averaged over 30 s, plus 0.25 of the probability that a chorus starts there.',
      validation: '5 folds by recording (length and section list), repeated with other folds; everything learned anew in every fold. Standard errors over recordings.',
      repeats,
      metrics,
      baselines: baselines(songs),
      limits: [
        'Trained on pop singles of 1958-1991 from the United States; other music may place its hook elsewhere.',
        'It hears harmony and its repetition, neither words nor loudness: a verse over the chords of the chorus looks like one.',
        'A recording in which nothing comes again gets its loudest 30 seconds, and says so.',
      ],
    },
  };
}
