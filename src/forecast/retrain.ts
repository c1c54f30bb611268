import { UserError } from '../errors.ts';
import { rollingForecasts } from './backtest.ts';
import { fitEngine, type DataKind, type Engine } from './engine.ts';
import { createBank } from './neighbours.ts';
import { scoreForecast, summariseScores, type ScoreSummary } from './scoring.ts';
import { storeEngine, type StoredEngine } from './store-engine.ts';
import { TRAJECTORY_DAYS, type FinishedSong } from './types.ts';

/** Fewer finished songs teach trees more noise than music. */
export const FEWEST_TO_LEARN = 100;

/** How candidate and active model did on the same songs, which the candidate's backtest model had not learned from. */
export type Contest = { candidate: ScoreSummary; active: ScoreSummary; songs: number; activate: boolean };

export type Retrained = { candidate: StoredEngine; contest: Contest };

/** The latest fifth of the songs is looked at only to compare. */
const COMPARED = 0.2;
const [LEAST_RATIO, MOST_RATIO] = [0.8, 1.3];

/**
 * Learns a model from the catalogue's own finished songs and lets it compete. For the contest a model learns from the songs finished before the latest fifth came out; it must lose
 * less there than the active one and not be far off in the totals. The candidate itself then learns from all songs.
 *
 * @param songs of one kind of data, from loadFinishedSongs
 * @throws UserError `too-few-finished-songs`
 */
export function retrain(songs: readonly FinishedSong[], kind: DataKind, active: Engine, onProgress?: (done: number) => void): Retrained {
  if (songs.length < FEWEST_TO_LEARN) throw new UserError('too-few-finished-songs', { finished: songs.length, needed: FEWEST_TO_LEARN });
  const byDate = songs.toSorted((a, b) => a.date - b.date);
  const latest = byDate.slice(Math.floor(byDate.length * (1 - COMPARED)));
  const earlier = byDate.filter((song) => song.date + TRAJECTORY_DAYS <= (latest[0]?.date ?? 0));
  if (earlier.length < FEWEST_TO_LEARN / 2) throw new UserError('too-few-finished-songs', { finished: earlier.length, needed: FEWEST_TO_LEARN / 2 });
  const trial = fitEngine(earlier, { kind, onProgress: (done) => onProgress?.(done / 2) });
  const contest = compete(trial, { ...active, members: { ...active.members, bank: createBank(earlier, active.members.usual) }, weights: trial.weights }, latest);
  const candidate = fitEngine(byDate, { kind, onProgress: (done) => onProgress?.(0.5 + done / 2) });
  return { candidate: storeEngine(candidate), contest };
}

/** Both forecast the same songs at every origin; a mean over origins and songs decides. */
export function compete(candidate: Engine, active: Engine, songs: readonly FinishedSong[]): Contest {
  const summary = (engine: Engine) => summariseScores(rollingForecasts(engine, songs).flatMap(({ song, origin, days }) => scoreForecast(song.series, origin, days) ?? []));
  const [own, other] = [summary(candidate), summary(active)];
  return { candidate: own, active: other, songs: songs.length, activate: own.pinball < other.pinball && own.totalRatio >= LEAST_RATIO && own.totalRatio <= MOST_RATIO };
}
