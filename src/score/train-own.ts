import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { decode } from '../audio/decode.ts';
import { findFfmpeg } from '../audio/ffmpeg.ts';
import { dataDate } from '../db/queries/data-date.ts';
import { demoMarker } from '../db/queries/demo-marker.ts';
import { scoreOutcomes, type OutcomeRow } from '../db/queries/score-outcomes.ts';
import { UserError } from '../errors.ts';
import type { Services } from '../services.ts';
import { audioFilesIn } from './audio-files.ts';
import { loadScoreCard, type ScoreCard } from './card.ts';
import { otherStart, writeFeatures, type FeatureSong } from './features.ts';
import { createMatcher, type AudioTags } from './match-audio.ts';
import { keepScoreModel, type ScoreReport } from './own-model.ts';
import { findPython, runTraining } from './python.ts';

/** With fewer, which songs happen to be held out decides what the model seems to be worth. */
const FEWEST = { songs: 60, artists: 12, earlier: 30 };
const MS_PER_DAY = 86_400_000;

export type TrainScoreInput = {
  /** Folder with the catalogue's audio files. */
  audio: string;
  /** At most so many rounds through the songs; models/train's own number unless told. */
  epochs?: number;
  signal?: AbortSignal;
  onProgress?: (stage: 'matching' | 'listening' | 'learning', done: number) => void;
};

export type TrainedScore = { card: ScoreCard; report: ScoreReport; unheard: { file: string; error: UserError }[]; unmatched: string[] };

/**
 * Learns a score model from the catalogue's own songs: files matched to songs, features by the code that serves, training by models/train. It is activated only if it beats every baseline
 * on artists it has not heard and on later releases; either way it is kept, and the model that scored before stays.
 *
 * @throws UserError `python-missing`, `torch-missing`, `audio-folder-missing`, `no-audio-matched`, `too-few-songs-to-learn`, `score-training-failed`, `score-training-timeout`, `ffmpeg-missing`
 */
export async function trainScoreModel(services: Services, { audio, epochs, signal, onProgress }: TrainScoreInput): Promise<TrainedScore> {
  const { config, db } = services;
  const python = await findPython(config);
  const { path: ffmpeg } = await findFfmpeg(config);
  const outcomes = await scoreOutcomes(db.sql);
  const { files, byId, unmatched } = await matchFiles(audio, outcomes, ffmpeg, (done) => onProgress?.('matching', done), signal);
  const songs = outcomes.filter(({ id }) => byId.has(id));
  if (songs.length === 0) throw new UserError('no-audio-matched', { files: files.length, folder: audio });
  refuseTooFew(songs);
  const scratch = join(config.dataDir, 'models', `.learning-${randomUUID()}`);
  try {
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    const source = {
      source: `the catalogue's own songs`,
      demonstration: (await demoMarker(db.sql)) !== undefined,
      dataDate: (await dataDate(db)) ?? '',
      songs: songs.map((song) => featureSong(services, song, byId.get(song.id) ?? '', ffmpeg)),
    };
    const together = config.workerThreads;
    const { index, unheard } = await writeFeatures(scratch, source, { together, ...(signal && { signal }), onSong: (done, total) => onProgress?.('listening', done / total) });
    refuseTooFew(index.songs.map((song) => ({ ...song, artistId: song.artist })));
    const out = join(scratch, 'score-own');
    await runTraining(python, { features: scratch, out, threads: together, onProgress: (done) => onProgress?.('learning', done), ...(epochs !== undefined && { epochs }), ...(signal && { signal }) });
    const kept = await keep(services, `${out}.json`, { files: files.length, unmatched: unmatched.length, unheard: unheard.length });
    return { ...kept, unmatched, unheard: unheard.map(({ id, error }) => ({ file: byId.get(id) ?? id, error })) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

type Matched = { files: string[]; byId: ReadonlyMap<string, string>; unmatched: string[] };

/** Names first; tags are read of the files whose name says nothing. Of two files of one song the first is taken, the other is not listened to. */
async function matchFiles(folder: string, outcomes: readonly OutcomeRow[], ffmpeg: string, onProgress: (done: number) => void, signal?: AbortSignal): Promise<Matched> {
  const files = await audioFilesIn(folder);
  const songOf = createMatcher(outcomes);
  const byId = new Map<string, string>();
  const unmatched: string[] = [];
  for (const [done, path] of files.entries()) {
    signal?.throwIfAborted();
    const name = basename(path, extname(path));
    const id = songOf(name) ?? songOf(name, await tagsOf(path, ffmpeg));
    if (id === undefined) unmatched.push(path);
    else if (!byId.has(id)) byId.set(id, path);
    onProgress((done + 1) / files.length);
  }
  return { files, byId, unmatched };
}

/** What a file says of itself; one that can't be opened says nothing. */
async function tagsOf(path: string, ffmpeg: string): Promise<AudioTags> {
  const decoded = await decode({ path, ffmpeg, untilSeconds: 1, describe: true, timeoutSeconds: 20 }, () => {}).catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
  return decoded?.tags ?? {};
}

function featureSong({ work, config }: Services, { id, title, artistId, artist, releaseDate, listeners, plays }: OutcomeRow, path: string, ffmpeg: string): FeatureSong {
  const heard = { path, ffmpeg, maxBytes: config.uploadMaxBytes };
  const clips = async (): Promise<[Float32Array, Float32Array]> => {
    const { logMel, hook, hookBy, seconds } = await work.run('analyseAudio', heard);
    if (hookBy === 'whole') return [logMel, logMel];
    const beside = await work.run('analyseAudio', { ...heard, hookStart: Math.min(otherStart(id, hook.start), seconds - 1) });
    return [logMel, beside.logMel];
  };
  return { id, title, artist: artistId, artistName: artist, releaseDate, listeners, playsPerListener: plays / listeners, clips };
}

/**
 * models/train judges on the latest fifth what was learned from songs whose 30 days had passed when the first of these came out.
 * @throws UserError `too-few-songs-to-learn`
 */
export function refuseTooFew(songs: readonly { artistId: string; releaseDate: string }[]): void {
  const days = songs.map(({ releaseDate }) => Date.parse(releaseDate) / MS_PER_DAY).sort((a, b) => a - b);
  const cut = days[Math.floor(0.8 * days.length)] ?? 0;
  const earlier = days.filter((day) => day + 30 <= cut).length;
  const artists = new Set(songs.map(({ artistId }) => artistId)).size;
  if (songs.length >= FEWEST.songs && artists >= FEWEST.artists && earlier >= FEWEST.earlier) return;
  throw new UserError('too-few-songs-to-learn', { songs: songs.length, artists, earlier, neededSongs: FEWEST.songs, neededArtists: FEWEST.artists, neededEarlier: FEWEST.earlier });
}

async function keep(services: Services, draft: string, found: Omit<ScoreReport, 'activated'>): Promise<{ card: ScoreCard; report: ScoreReport }> {
  const { metrics } = await loadScoreCard(draft);
  const report = { ...found, activated: Object.values(metrics.beats).every(Boolean) };
  return { card: await keepScoreModel(services, draft, report), report };
}
