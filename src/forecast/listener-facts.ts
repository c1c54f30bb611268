import { artistReleases, type ArtistReleases } from '../db/queries/trajectory-listeners-artists.ts';
import { listenerDays } from '../db/queries/trajectory-listeners-days.ts';
import { sourcesByDay, type SourceRows } from '../db/queries/trajectory-listeners-sources.ts';
import { CORE_FAN, firstPlays, type FirstPlays, type ListenerQuestion } from '../db/queries/trajectory-listeners.ts';
import { SOURCES } from '../db/schema/sources.ts';
import type { Services } from '../services.ts';
import { addDays, daysBetween } from './calendar.ts';
import { listenerFacts, type ArtistPast, type ListenerDays, type ListenerFacts } from './listener-features.ts';
import type { Series } from './series.ts';
import { LEARNED_ORIGINS } from './training-table.ts';
import type { FinishedSong } from './types.ts';

/** `sources`: where plays came from and the artist's earlier songs, from small tables. `listeners`: people, too, which reads the plays themselves. */
export type Depth = 'sources' | 'listeners';

const EPOCH = '1970-01-01';
/** No model looks further. */
const MOST_DAYS = Math.max(...LEARNED_ORIGINS);
/** Who the core fans are can be told only when so much of their 90 days is in the catalogue. */
const LEAST_BEFORE = CORE_FAN.days / 2;

/**
 * What is known of the listeners of songs, as of every number of days up to the one asked for; nothing later is read. One cheap statement in a catalogue without plays, else three or four.
 * @param finished the catalogue's finished songs, those of the same artists among them
 * @param minimum fewer listeners behind a fact leave it unknown (the configuration's minimumGroup)
 * @returns by id of the song; empty when the catalogue has no plays
 */
export async function loadListenerFacts({ db }: Pick<Services, 'db'>, songs: readonly ListenerQuestion[], finished: readonly FinishedSong[], depth: Depth, minimum: number): Promise<Map<number, ListenerFacts>> {
  const delivered = await listenerDays(db.sql);
  if (delivered.length === 0 || songs.length === 0) return new Map();
  const [artists, sources, firsts] = await Promise.all([artistReleases(db.sql, songs), sourcesByDay(db.sql, songs), depth === 'listeners' ? firstPlays(db.sql, songs) : undefined]);
  const [artistOf, sourcesOf, firstsOf] = [new Map(artists.map((row) => [row.songId, row])), Map.groupBy(sources, (row) => row.songId), firsts && Map.groupBy(firsts, (row) => row.songId)];
  const byArtist = Map.groupBy(finished, (song) => song.group);
  const known = new Set(delivered);
  return new Map(
    songs.map((song) => {
      const artist = artistOf.get(song.id);
      const days = daysOf(song, sourcesOf.get(song.id) ?? [], firstsOf && (firstsOf.get(song.id) ?? []), known, delivered[0] as string);
      return [song.id, listenerFacts(days, pastOf(song, artist, byArtist.get(String(artist?.artistId)) ?? []), minimum)];
    }),
  );
}

/** Finished songs with what is known of their sources, to compare with. */
export const withSourceFacts = (services: Pick<Services, 'db'>, songs: readonly FinishedSong[]): Promise<FinishedSong[]> => withFacts(services, songs, 'sources', 0);

/** Finished songs with what is known of their listeners, too, to learn from. Reads all plays of their days once, so only where a model is learned or tested. */
export const withListenerFacts = (services: Pick<Services, 'db' | 'config'>, songs: readonly FinishedSong[]): Promise<FinishedSong[]> =>
  withFacts(services, songs, 'listeners', services.config.minimumGroup);

async function withFacts(services: Pick<Services, 'db'>, songs: readonly FinishedSong[], depth: Depth, minimum: number): Promise<FinishedSong[]> {
  const facts = await loadListenerFacts(services, songs.map((song) => ({ id: song.id, releaseDate: addDays(EPOCH, song.date), days: MOST_DAYS })), songs, depth, minimum);
  return songs.map((song) => {
    const listeners = facts.get(song.id);
    return listeners ? { ...song, series: { ...song.series, listeners } } : song;
  });
}

/**
 * The series of one song with what is known of it at an origin beside its plays.
 * @param finished from loadFinishedSongs
 */
export async function addListenerFacts(services: Pick<Services, 'db' | 'config'>, series: Series, song: { id: number; releaseDate: string }, origin: number, finished: readonly FinishedSong[], depth: Depth): Promise<Series> {
  const minimum = depth === 'sources' ? 0 : services.config.minimumGroup;
  const listeners = (await loadListenerFacts(services, [{ id: song.id, releaseDate: song.releaseDate, days: origin }], finished, depth, minimum)).get(song.id);
  return listeners ? { ...series, listeners } : series;
}

function daysOf(song: ListenerQuestion, sources: readonly SourceRows[], firsts: readonly FirstPlays[] | undefined, delivered: ReadonlySet<string>, firstDay: string): ListenerDays {
  const none = () => new Float64Array(song.days);
  const days: ListenerDays = {
    delivered: Uint8Array.from({ length: song.days }, (_, day) => (delivered.has(addDays(song.releaseDate, day)) ? 1 : 0)),
    sources: SOURCES.map(none),
    ...(firsts && { firsts: new Map<string, Float64Array>() }),
    coreFirsts: none(),
    coreFans: daysBetween(firstDay, song.releaseDate) < LEAST_BEFORE ? NaN : 0,
  };
  for (const { source, day, plays } of sources) day.forEach((at, index) => { (days.sources[SOURCES.indexOf(source)] as Float64Array)[at] = plays[index] as number; });
  for (const { day, region, core, listeners } of firsts ?? []) {
    if (core) days.coreFans += listeners;
    if (day === null) continue;
    if (core) days.coreFirsts[day] = (days.coreFirsts[day] as number) + listeners;
    const there = days.firsts?.get(region ?? '') ?? none();
    there[day] = (there[day] as number) + listeners;
    days.firsts?.set(region ?? '', there);
  }
  return days;
}

function pastOf(song: ListenerQuestion, releases: ArtistReleases | undefined, ofArtist: readonly FinishedSong[]): ArtistPast {
  const date = daysBetween(EPOCH, song.releaseDate);
  return {
    songs: releases?.earlier ?? 0,
    daysSince: releases?.daysSince ?? NaN,
    earlier: ofArtist.flatMap(({ series, date: earlier }) => (earlier < date ? [{ series, before: date - earlier }] : [])),
  };
}
