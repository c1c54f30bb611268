import { DATA_DATE, dayNumber, DAYS } from './calendar.ts';
import { demoSong } from './audio.ts';
import { demoCatalogue, type DemoCatalogue, type DemoOptions } from './catalogue.ts';

/** A song with its outcome in the first 30 days and its sound. */
export type TrainingSong = {
  id: string;
  title: string;
  artist: string;
  artistName: string;
  releaseDate: string;
  /** Distinct listeners, and plays over listeners, on days 0..29. */
  listeners: number;
  playsPerListener: number;
  /** Standard normal values that were planted. */
  planted: { listeners: number; playsPerListener: number };
  /** Renders the song: mono, 22.05 kHz. */
  pcm(): Float32Array;
};

const OUTCOME_DAYS = 30;

/** What the shipped model learned from: another seed than any catalogue shown, so every song shown is new to it. */
export const TRAINING_CATALOGUE = { seed: 11, size: 12 } as const;

/**
 * Every song of a demo catalogue whose first 30 days are in its data and aren't the subject of a planted exception, ready for
 * `writeFeatures`.
 */
export function demoTraining(options: DemoOptions = TRAINING_CATALOGUE): { source: string; demonstration: true; dataDate: string; songs: TrainingSong[] } {
  return { source: `demo catalogue, seed ${options.seed ?? 1}, size ${options.size ?? 1}`, demonstration: true, dataDate: DATA_DATE, songs: trainingSongs(options) };
}

function trainingSongs(options: DemoOptions): TrainingSong[] {
  const catalogue = demoCatalogue(options);
  const outcomes = firstDays(catalogue);
  return catalogue.songs.flatMap((song, index) => {
    const truth = catalogue.truths.songs[index];
    const outcome = outcomes[index];
    if (!truth?.first60 || truth.daysKnown < OUTCOME_DAYS || truth.role || !outcome || outcome.listeners === 0) return [];
    const seed = `${catalogue.truths.seed}/${song.id}`;
    const artist = `${catalogue.truths.seed}/${song.artistId}`;
    const names = { title: song.title ?? song.id, artistName: song.artist, releaseDate: truth.releaseDate };
    return [{ id: seed, artist, ...names, ...outcome, planted: truth.appeal, pcm: () => demoSong({ seed, artist, appeal: truth.appeal }).pcm }];
  });
}

function firstDays(catalogue: DemoCatalogue): { listeners: number; playsPerListener: number }[] {
  const release = catalogue.songs.map((song) => dayNumber(song.releaseDate ?? '') - dayNumber(catalogue.days[0] ?? ''));
  const listeners = release.map(() => new Set<number>());
  const plays = release.map(() => 0);
  for (let day = 0; day < DAYS; day++) {
    const columns = catalogue.columnsOn(day);
    for (let play = 0; play < columns.count; play++) {
      const song = columns.song[play] as number;
      const age = day - (release[song] as number);
      if (age < 0 || age >= OUTCOME_DAYS) continue;
      listeners[song]?.add(columns.listener[play] as number);
      plays[song] = (plays[song] as number) + 1;
    }
  }
  return listeners.map(({ size }, song) => ({ listeners: size, playsPerListener: (plays[song] as number) / Math.max(1, size) }));
}
