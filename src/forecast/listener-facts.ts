import { artistReleases, type ArtistReleases } from '../db/queries/trajectory-listeners-artists.ts';
import { listenerDays } from '../db/queries/trajectory-listeners-days.ts';
import { sourcesByDay, type SourceRows } from '../db/queries/trajectory-listeners-sources.ts';
import { CORE_FAN, firstPlays, type FirstPlays, type ListenerQuestion } from '../db/queries/trajectory-listeners.ts';
import { SOURCES } from '../db/schema/sources.ts';
import type { Services } from '../services.ts';
import { addDays, daysBetween } from './calendar.ts';
import { listenerFacts, type ArtistPast, type ListenerDays, type ListenerFacts } from './listener-features.ts';
import { LEARNED_ORIGINS } from './training-table.ts';
import type { FinishedSong } from './types.ts';

const EPOCH = '1970-01-01';
/** No model looks further. */
const MOST_DAYS = Math.max(...LEARNED_ORIGINS);
/** Who the core fans are can be told only when so much of their 90 days is in the catalogue. */
const LEAST_BEFORE = CORE_FAN.days / 2;

/**
 * What is known of the listeners of songs, as of every number of days up to the one asked for; nothing later is read. One cheap statement in a catalogue without plays, else four.
 * @param finished the catalogue's finished songs, those of the same artists among them
 * @returns by id of the song; empty when the catalogue has no plays
 */
export async function loadListenerFacts({ db, config }: Pick<Services, 'db' | 'config'>, songs: readonly ListenerQuestion[], finished: readonly FinishedSong[]): Promise<Map<number, ListenerFacts>> {
  const delivered = await listenerDays(db.sql);
  if (delivered.length === 0 || songs.length === 0) return new Map();
  const [artists, sources, firsts] = await Promise.all([artistReleases(db.sql, songs), sourcesByDay(db.sql, songs), firstPlays(db.sql, songs)]);
  const [artistOf, sourcesOf, firstsOf] = [new Map(artists.map((row) => [row.songId, row])), Map.groupBy(sources, (row) => row.songId), Map.groupBy(firsts, (row) => row.songId)];
  const byArtist = Map.groupBy(finished, (song) => song.group);
  const known = new Set(delivered);
  return new Map(
    songs.map((song) => {
      const artist = artistOf.get(song.id);
      const days = daysOf(song, sourcesOf.get(song.id) ?? [], firstsOf.get(song.id) ?? [], known, delivered[0] as string);
      return [song.id, listenerFacts(days, pastOf(song, artist, byArtist.get(String(artist?.artistId)) ?? []), config.minimumGroup)];
    }),
  );
}

/** Finished songs with what is known of their listeners, to learn from; the same songs where the catalogue has no plays. */
export async function withListenerFacts(services: Pick<Services, 'db' | 'config'>, songs: readonly FinishedSong[]): Promise<FinishedSong[]> {
  const facts = await loadListenerFacts(services, songs.map((song) => ({ id: song.id, releaseDate: addDays(EPOCH, song.date), days: MOST_DAYS })), songs);
  return songs.map((song) => {
    const listeners = facts.get(song.id);
    return listeners ? { ...song, series: { ...song.series, listeners } } : song;
  });
}

function daysOf(song: ListenerQuestion, sources: readonly SourceRows[], firsts: readonly FirstPlays[], delivered: ReadonlySet<string>, firstDay: string): ListenerDays {
  const none = () => new Float64Array(song.days);
  const days: ListenerDays = {
    delivered: Uint8Array.from({ length: song.days }, (_, day) => (delivered.has(addDays(song.releaseDate, day)) ? 1 : 0)),
    sources: SOURCES.map(none),
    firsts: new Map(),
    coreFirsts: none(),
    coreFans: daysBetween(firstDay, song.releaseDate) < LEAST_BEFORE ? NaN : 0,
  };
  for (const { source, day, plays } of sources) day.forEach((at, index) => { (days.sources[SOURCES.indexOf(source)] as Float64Array)[at] = plays[index] as number; });
  for (const { day, region, core, listeners } of firsts) {
    if (core) days.coreFans += listeners;
    if (day === null) continue;
    if (core) days.coreFirsts[day] = (days.coreFirsts[day] as number) + listeners;
    const there = days.firsts.get(region ?? '') ?? none();
    there[day] = (there[day] as number) + listeners;
    days.firsts.set(region ?? '', there);
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
