import { createHash } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HOOK_SAMPLES } from '../audio/analyse.ts';
import { SAMPLE_RATE } from '../audio/decode.ts';
import { hookOf } from '../audio/hook/find-hook.ts';
import { logMel, MEL_BANDS } from '../audio/mel.ts';

/** A song to learn from: its outcome in the first 30 days and its sound. */
export type FeatureSong = {
  id: string;
  /** Songs of one artist never stand on both sides of a split. */
  artist: string;
  listeners: number;
  playsPerListener: number;
  /** For catalogues whose truth is known. */
  planted?: { listeners: number; playsPerListener: number };
  /** Mono samples at 22.05 kHz, at least 30 s. */
  pcm(): Float32Array | Promise<Float32Array>;
};

export type FeatureSource = Pick<FeatureIndex, 'source' | 'demonstration' | 'dataDate'> & { songs: readonly FeatureSong[] };

/** What stands in features.json; features.f16 holds the rows: little-endian 16-bit floats, [rows][frames][mels], decibels. */
export type FeatureIndex = {
  version: 1;
  /** Whose songs these are, in words. */
  source: string;
  /** True: invented songs, so a model that learns from them only demonstrates. */
  demonstration: boolean;
  /** The last day of data that the outcomes were counted on. */
  dataDate: string;
  frames: number;
  mels: number;
  rows: number;
  songs: {
    id: string;
    artist: string;
    listeners: number;
    playsPerListener: number;
    planted?: { listeners: number; playsPerListener: number };
    /** Mean power of the hook in dB: for the loudness control. */
    loudness: number;
    /** Row of the hook itself, which is what will be scored, then of windows that begin elsewhere. */
    rows: number[];
  }[];
};

const FRAMES = 1 + Math.floor(HOOK_SAMPLES / 512);

/** Seconds by which the second window is moved from the hook: far enough to be other samples, near enough to be the same part. */
const SHIFTS = [-6, -3.7, -1.3, -0.4, 0.4, 1.3, 3.7, 6] as const;

/**
 * Writes what models/train learns from, with the code that serves: hook, 30 s, log-mel. One song at a time, so memory stays flat.
 *
 * @param dir is made when it doesn't exist; gets features.f16 and features.json.
 * @returns the index that was written.
 */
export async function writeFeatures(dir: string, { source, demonstration, dataDate, songs }: FeatureSource, onSong?: (done: number, total: number) => void): Promise<FeatureIndex> {
  await mkdir(dir, { recursive: true });
  const file = await open(join(dir, 'features.f16'), 'w');
  const index: FeatureIndex = { version: 1, source, demonstration, dataDate, frames: FRAMES, mels: MEL_BANDS, rows: 0, songs: [] };
  try {
    for (const song of songs) {
      const { windows, loudness } = await windowsOf(song);
      for (const window of windows) await file.write(new Uint8Array(Float16Array.from(window).buffer));
      const { id, artist, listeners, playsPerListener, planted } = song;
      const rows = windows.map((_, window) => index.rows + window);
      index.songs.push({ id, artist, listeners, playsPerListener, ...(planted && { planted }), loudness, rows });
      index.rows += windows.length;
      onSong?.(index.songs.length, songs.length);
    }
  } finally {
    await file.close();
  }
  await writeFile(join(dir, 'features.json'), `${JSON.stringify(index)}\n`);
  return index;
}

async function windowsOf(song: FeatureSong): Promise<{ windows: Float32Array[]; loudness: number }> {
  const pcm = await song.pcm();
  const hook = Math.round(hookOf(pcm).span.start * SAMPLE_RATE);
  const last = Math.max(0, pcm.length - HOOK_SAMPLES);
  const shift = SHIFTS[createHash('sha256').update(song.id).digest().readUInt32LE(0) % SHIFTS.length] as number;
  const starts = [hook, hook + Math.round(shift * SAMPLE_RATE)].map((start) => Math.min(last, Math.max(0, start)));
  const clips = starts.map((start) => pcm.subarray(start, start + HOOK_SAMPLES));
  const power = (clips[0] ?? pcm).reduce((sum, value) => sum + value * value, 0) / HOOK_SAMPLES;
  return { windows: clips.map((clip) => logMel(clip)), loudness: 10 * Math.log10(power + 1e-10) };
}
