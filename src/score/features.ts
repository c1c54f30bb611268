import { createHash } from 'node:crypto';
import { mkdir, open, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { HOOK_SAMPLES } from '../audio/analyse.ts';
import { SAMPLE_RATE } from '../audio/decode.ts';
import { hookOf } from '../audio/hook/find-hook.ts';
import { logMel, MEL_BANDS } from '../audio/mel.ts';
import { UserError } from '../errors.ts';

/** A song to learn from: its outcome in the first 30 days and its sound. */
export type FeatureSong = {
  id: string;
  title: string;
  /** Songs of one artist never stand on both sides of a split. */
  artist: string;
  artistName: string;
  /** YYYY-MM-DD */
  releaseDate: string;
  listeners: number;
  playsPerListener: number;
  /** For catalogues whose truth is known. */
  planted?: { listeners: number; playsPerListener: number };
  /** Log-mel of the hook, and of the 30 s that begin `otherStart` beside it; a song that rejects with a UserError is left out. */
  clips(): Promise<[Float32Array, Float32Array]>;
};

export type FeatureSource = Pick<FeatureIndex, 'source' | 'demonstration' | 'dataDate'> & { songs: readonly FeatureSong[] };

/** What stands in features.json; features.f16 holds the rows: little-endian 16-bit floats, [rows][frames][mels], decibels. */
export type FeatureIndex = {
  version: 2;
  /** Whose songs these are, in words. */
  source: string;
  /** True: invented songs, so a model that learns from them only demonstrates. */
  demonstration: boolean;
  /** The last day of data that the outcomes were counted on. */
  dataDate: string;
  frames: number;
  mels: number;
  rows: number;
  songs: (Omit<FeatureSong, 'clips'> & {
    /** Mean power of the hook's mel bands in dB: for the loudness control. */
    loudness: number;
    /** Row of the hook itself, which is what will be scored, then of the 30 s beside it. */
    rows: number[];
  })[];
};

type Progress = {
  onSong?: (done: number, total: number) => void;
  /** Songs listened to at the same time. */
  together?: number;
  signal?: AbortSignal;
};

const FRAMES = 1 + Math.floor(HOOK_SAMPLES / 512);

/** Seconds by which the second window is moved from the hook: far enough to be other samples, near enough to be the same part. */
const SHIFTS = [-6, -3.7, -1.3, -0.4, 0.4, 1.3, 3.7, 6] as const;

/**
 * Writes what models/train learns from, with the code that serves: hook, 30 s, log-mel. A few songs at a time, so memory stays flat.
 *
 * @param dir is made when it doesn't exist; gets features.f16 and features.json.
 * @returns the index that was written, and the songs that could not be heard.
 */
export async function writeFeatures(dir: string, { source, demonstration, dataDate, songs }: FeatureSource, { onSong, together = 1, signal }: Progress = {}): Promise<{ index: FeatureIndex; unheard: { id: string; error: UserError }[] }> {
  await mkdir(dir, { recursive: true });
  const file = await open(join(dir, 'features.f16'), 'w');
  const index: FeatureIndex = { version: 2, source, demonstration, dataDate, frames: FRAMES, mels: MEL_BANDS, rows: 0, songs: [] };
  const unheard: { id: string; error: UserError }[] = [];
  try {
    for (let at = 0; at < songs.length; at += together) {
      signal?.throwIfAborted();
      const batch = songs.slice(at, at + together);
      const heard = await Promise.allSettled(batch.map(async (song) => await song.clips()));
      for (const [place, song] of batch.entries()) {
        const outcome = heard[place] as (typeof heard)[number];
        if (outcome.status === 'fulfilled') await append(file, index, song, outcome.value);
        else if (outcome.reason instanceof UserError) unheard.push({ id: song.id, error: outcome.reason });
        else throw outcome.reason;
      }
      onSong?.(at + batch.length, songs.length);
    }
  } finally {
    await file.close();
  }
  await writeFile(join(dir, 'features.json'), `${JSON.stringify(index)}\n`);
  return { index, unheard };
}

async function append(file: FileHandle, index: FeatureIndex, { id, title, artist, artistName, releaseDate, listeners, playsPerListener, planted }: FeatureSong, clips: readonly Float32Array[]): Promise<void> {
  for (const clip of clips) await file.write(new Uint8Array(Float16Array.from(clip).buffer));
  const rows = clips.map((_clip, window) => index.rows + window);
  index.songs.push({ id, title, artist, artistName, releaseDate, listeners, playsPerListener, ...(planted && { planted }), loudness: loudnessOf(clips[0] ?? new Float32Array(0)), rows });
  index.rows += clips.length;
}

/** @example of digital silence: -79, the floor of 128 bands */
const loudnessOf = (decibels: Float32Array): number => 10 * Math.log10(decibels.reduce((sum, value) => sum + 10 ** (value / 10), 0) / FRAMES);

/** Second at which the window beside a hook begins: up to 6 s away, always the same for a song. */
export const otherStart = (id: string, hookStart: number): number => Math.max(0, hookStart + (SHIFTS[createHash('sha256').update(id).digest().readUInt32LE(0) % SHIFTS.length] as number));

/** Both clips of a song that is in memory, mono at 22.05 kHz. */
export function clipsOf(id: string, pcm: Float32Array): [Float32Array, Float32Array] {
  const hook = hookOf(pcm).span.start;
  const last = Math.max(0, pcm.length - HOOK_SAMPLES);
  const clip = (seconds: number) => {
    const start = Math.min(last, Math.round(seconds * SAMPLE_RATE));
    return logMel(pcm.subarray(start, start + HOOK_SAMPLES));
  };
  return [clip(hook), clip(otherStart(id, hook))];
}
