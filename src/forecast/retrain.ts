import { UserError } from '../errors.ts';
import { fitEngine, type DataKind, type Engine, type FitOptions } from './engine.ts';
import { rollingForecasts } from './rolling-forecasts.ts';
import { summariseScores, type ScoreSummary } from './scoring.ts';
import { storeEngine, type StoredEngine } from './store-engine.ts';
import { TRAJECTORY_DAYS, type FinishedSong } from './types.ts';

/** Fewer finished songs teach trees more noise than music. */
export const FEWEST_TO_LEARN = 100;
/** With fewer songs that neither model has seen, the better one is a matter of luck. */
export const FEWEST_TO_COMPARE = 20;

/** How candidate and active model did on the same songs, from which neither had learned. */
export type Contest = { candidate: ScoreSummary; active: ScoreSummary; songs: number; activate: boolean };

/** `learnedUntil`: day number of the latest release that the candidate learned from. */
export type Retrained = { candidate: StoredEngine; learnedUntil: number; contest: Contest };

/** The model to beat. `learnedUntil` is -Infinity for a shipped model, which has never seen the catalogue. */
export type Incumbent = { engine: Engine; learnedUntil: number };

/** How to learn, and whom to tell the share done. */
export type LearnOptions = Pick<FitOptions, 'settings' | 'onProgress'>;

/** The latest fifth of the songs is looked at only to compare. */
const COMPARED = 0.2;
const [LEAST_RATIO, MOST_RATIO] = [0.8, 1.3];

/**
 * Learns a model from the catalogue's own finished songs and lets it compete. They are compared on the latest fifth of the songs, less those that the active one has learned from. For the
 * contest a model learns from the songs finished before these came out, and from no later ones than the active one did; it must lose less than the active one and not be far off in
 * the totals. The candidate itself then learns from all songs.
 *
 * @param songs of one kind of data, from loadFinishedSongs
 * @throws UserError `too-few-finished-songs`, `too-few-earlier-songs`; `too-few-new-songs` while hardly any song has finished that the active model has not learned from
 */
export function retrain(songs: readonly FinishedSong[], kind: DataKind, active: Incumbent, { onProgress, ...options }: LearnOptions = {}): Retrained {
  if (songs.length < FEWEST_TO_LEARN) throw new UserError('too-few-finished-songs', { finished: songs.length, needed: FEWEST_TO_LEARN });
  const byDate = songs.toSorted((a, b) => a.date - b.date);
  const unseen = byDate.slice(Math.floor(byDate.length * (1 - COMPARED))).filter((song) => song.date > active.learnedUntil);
  if (unseen.length < FEWEST_TO_COMPARE) throw new UserError('too-few-new-songs', { fresh: unseen.length, needed: FEWEST_TO_COMPARE });
  const finishedBefore = (unseen[0]?.date ?? 0) - TRAJECTORY_DAYS;
  const earlier = byDate.filter((song) => song.date <= Math.max(finishedBefore, active.learnedUntil));
  if (earlier.length < FEWEST_TO_LEARN / 2) throw new UserError('too-few-earlier-songs', { earlier: earlier.length, needed: FEWEST_TO_LEARN / 2 });
  const trial = fitEngine(earlier, { ...options, kind, onProgress: (done) => onProgress?.(done / 2) });
  const contest = compete(trial, active.engine, unseen, byDate);
  const candidate = fitEngine(byDate, { ...options, kind, onProgress: (done) => onProgress?.(0.5 + done / 2) });
  return { candidate: storeEngine(candidate), learnedUntil: byDate.at(-1)?.date ?? 0, contest };
}

/** Both forecast the same songs at every origin, with the same neighbours; a mean over origins and songs decides. */
export function compete(candidate: Engine, active: Engine, songs: readonly FinishedSong[], pool: readonly FinishedSong[]): Contest {
  const summary = (engine: Engine) => summariseScores(rollingForecasts(engine, songs, pool).map(({ score }) => score));
  const [own, other] = [summary(candidate), summary(active)];
  return { candidate: own, active: other, songs: songs.length, activate: own.pinball < other.pinball && own.totalRatio >= LEAST_RATIO && own.totalRatio <= MOST_RATIO };
}
