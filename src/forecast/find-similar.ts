import { findSongNames } from '../db/queries/forecast-song-names.ts';
import type { Services } from '../services.ts';
import { snapshotOf } from './features.ts';
import { findNeighbours, type Bank } from './neighbours.ts';
import type { Series } from './series.ts';
import { similarSongs, whatSeparated } from './similar-songs.ts';
import type { ForecastAnswer } from './types.ts';

/** Enough neighbours to tell what separated them. */
const LOOKED_AT = 40;

/** The 5 songs of the bank that began most like this one, by name, and what separated the nearest 40. */
export async function findSimilar({ db }: Pick<Services, 'db'>, bank: Bank, series: Series, origin: number): Promise<ForecastAnswer['similar']> {
  const neighbours = findNeighbours(bank, snapshotOf(series, origin, bank.usual), LOOKED_AT);
  const nearest = similarSongs(neighbours);
  const names = new Map((await findSongNames(db.sql, nearest.map((song) => song.id))).map((name) => [name.id, name]));
  const songs = nearest.flatMap((song) => {
    const name = names.get(song.id);
    return name ? [{ ...song, title: name.title, artist: name.artist }] : [];
  });
  return { songs, separated: whatSeparated(neighbours) };
}
