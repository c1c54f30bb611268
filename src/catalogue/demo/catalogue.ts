import type { ListenerRow, PlayRow, SongRow } from '../import/rows.ts';
import { demoArtists } from './artists.ts';
import { dateOf, DAYS, FIRST_DAY } from './calendar.ts';
import { demoPlan } from './plan.ts';
import { dayDrawer, PLAY_SOURCES, type DayPlays } from './plays.ts';
import { cellOf, demoPopulation, type Population } from './population.ts';
import { REGIONS } from './regions.ts';
import { demoSongs, type DemoSong } from './songs.ts';
import { GENDERS } from './taste.ts';
import { demoTruths, type DemoTruths } from './truths.ts';

export type DemoOptions = {
  /** The same seed and size give the same catalogue, to the last play. */
  seed?: number;
  /** 1: 40 artists, about 300 songs, 5,000 listeners, about 900,000 plays. Listeners and plays grow with it, artists and songs with its root. */
  size?: number;
};

export type DemoCatalogue = {
  songs: SongRow[];
  listenerCount: number;
  listeners(): Iterable<ListenerRow>;
  /** The days of data, in order: '2025-11-01' to '2026-10-31'. */
  days: string[];
  /** All plays, day by day, made as they are asked for: memory doesn't grow with their number. */
  plays(): Iterable<PlayRow>;
  /** The plays of one day of `days`, by its place there. */
  playsOn(day: number): Iterable<PlayRow>;
  /** The same as numbers of listeners and songs; the columns are reused by the next call. */
  columnsOn(day: number): DayPlays;
  truths: DemoTruths;
};

/**
 * A fictional catalogue whose facts are known: see `DemoTruths`. Every artist, title and listener is invented.
 *
 * @example demoCatalogue({ seed: 1 }).songs.find((song) => song.title === '海邊的錄音機')?.artist // '阿灘與慢潮'
 */
export function demoCatalogue({ seed = 1, size = 1 }: DemoOptions = {}): DemoCatalogue {
  const artists = demoArtists(seed, size);
  const songs = demoSongs(seed, artists);
  const population = demoPopulation(seed, size, artists);
  const plans = demoPlan(seed, artists, songs, population);
  const columnsOn = dayDrawer(seed, plans, population);
  const ids = Array.from({ length: population.count }, (_, listener) => listenerId(listener));
  const playsOn = (day: number) => playRows(columnsOn(day), dateOf(FIRST_DAY + day), songs, ids);
  return {
    songs: songs.map((song) => songRow(song, artists)),
    listenerCount: population.count,
    listeners: () => listenerRows(population, ids),
    days: Array.from({ length: DAYS }, (_, day) => dateOf(FIRST_DAY + day)),
    playsOn,
    plays: function* () {
      for (let day = 0; day < DAYS; day++) yield* playsOn(day);
    },
    columnsOn,
    truths: demoTruths(seed, size, artists, plans, population),
  };
}

function songRow(song: DemoSong, artists: readonly { id: string; name: string }[]): SongRow {
  const artist = artists[song.artist];
  return {
    id: song.id,
    title: song.title,
    artist: artist?.name ?? '',
    artistId: artist?.id ?? '',
    releaseDate: dateOf(song.releaseDay),
    genre: song.genre,
    language: song.language,
    isrc: song.isrc,
  };
}

const listenerId = (listener: number) => `L${String(listener + 1).padStart(7, '0')}`;

function* listenerRows(population: Population, ids: readonly string[]): Generator<ListenerRow> {
  for (let listener = 0; listener < population.count; listener++) {
    const { region, gender } = cellOf(population.cell[listener] as number);
    const row: ListenerRow = { id: ids[listener] as string, region: (REGIONS[region] as (typeof REGIONS)[number]).name };
    const year = population.birthYear[listener] as number;
    const code = GENDERS[gender]?.code;
    if (year > 0) row.birthYear = year;
    if (code) row.gender = code;
    yield row;
  }
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

/** Times are Taiwan's, which is 8 hours ahead of UTC all year. */
function* playRows(plays: DayPlays, date: string, songs: readonly DemoSong[], ids: readonly string[]): Generator<PlayRow> {
  for (let play = 0; play < plays.count; play++) {
    const second = plays.secondOfDay[play] as number;
    const time = `${TWO_DIGITS[Math.floor(second / 3600)]}:${TWO_DIGITS[Math.floor(second / 60) % 60]}:${TWO_DIGITS[second % 60]}`;
    yield {
      listener: ids[plays.listener[play] as number] as string,
      song: (songs[plays.song[play] as number] as DemoSong).id,
      playedAt: `${date}T${time}+08:00`,
      source: PLAY_SOURCES[plays.source[play] as number] as (typeof PLAY_SOURCES)[number],
      seconds: plays.seconds[play] as number,
    };
  }
}
