import { SOURCES, type Source } from '../db/schema/sources.ts';
import { atMost, type Series } from './series.ts';
import { TRAJECTORY_DAYS } from './types.ts';

/**
 * What listeners and the artist's earlier songs tell at an origin; NaN where unknown. Shares are 0..1, the rest are natural logs or (`sourceMix`, `regionSpread`) entropies in
 * nats. `reach`: distinct listeners; `repeatRate`: plays per listener; `newListeners`: first plays among the plays of the latest 3 days; `coreShare`: the artist's core fans that have
 * played it; `chartShareNow`: of the latest 7 days; `earlierSongs`: 1 + number; `sinceRelease`: days since the artist's last; `earlierCourse`: plays a day after the origin over those
 * before it, median of the artist's songs that were finished by the origin.
 */
export const LISTENER_FEATURES = [
  'reach', 'repeatRate', 'newListeners', 'coreShare', 'chartShare', 'chartShareNow', 'playlistShare', 'libraryShare', 'sourceMix', 'regionSpread', 'earlierSongs', 'sinceRelease', 'earlierCourse',
] as const;

/** LISTENER_FEATURES for each number of known days from 1 on: those at index d use days 0..d only. */
export type ListenerFacts = Float32Array[];

/** Daily counts of one song; every array has one entry a day, as many as may be looked at. */
export type ListenerDays = {
  /** 1 where plays were delivered for that day. */
  delivered: Uint8Array;
  /** Plays by source, in the order of SOURCES. */
  sources: Float64Array[];
  /** Listeners whose first play it was, by region; those of an unknown region under ''. Absent where people were not asked about. */
  firsts?: Map<string, Float64Array>;
  /** Core fans of the artist whose first play it was, and how many core fans there were; NaN where unknown. */
  coreFirsts: Float64Array;
  coreFans: number;
};

/** `daysSince` the artist's last release; NaN for the first. `earlier`: finished songs and how many days before this one they came out. */
export type ArtistPast = { songs: number; daysSince: number; earlier: { series: Series; before: number }[] };

const RECENT = 3;
const WEEK = 7;
/** Shares of fewer plays are noise. */
const FEWEST_PLAYS = 10;

/** @param minimum a fact with fewer listeners behind it stays unknown */
export function listenerFacts(days: ListenerDays, artist: ArtistPast, minimum: number): ListenerFacts {
  return Array.from(days.delivered, (_, day) => Float32Array.from([...audienceFacts(days, day + 1, minimum), ...artistFacts(artist, day + 1)]));
}

/** The row for an origin: NaN where nothing is known. */
export const factsAt = (facts: ListenerFacts | undefined, origin: number): number[] => LISTENER_FEATURES.map((_, at) => facts?.[origin - 1]?.[at] ?? NaN);

function audienceFacts(days: ListenerDays, count: number, minimum: number): number[] {
  const plays = total(days.sources.map((values) => sum(values, 0, count)));
  const regions = [...(days.firsts ?? [])].map(([region, firsts]) => ({ region, listeners: sum(firsts, 0, count) }));
  const reach = total(regions.map(({ listeners }) => listeners));
  const enough = (days.firsts === undefined || reach >= minimum) && plays >= FEWEST_PLAYS && sum(days.delivered, 0, count) * 2 >= count;
  const sources = enough ? sourceFacts(days.sources, count) : unknown(5);
  if (!enough || reach === 0) return [...unknown(4), ...sources, NaN];
  const recent = Math.max(0, count - RECENT);
  const newest = total([...(days.firsts ?? [])].map(([, firsts]) => sum(firsts, recent, count)));
  const placed = regions.filter(({ region }) => region !== '').map(({ listeners }) => listeners);
  return [
    Math.log(reach),
    Math.log(plays / reach),
    Math.log((newest + 0.5) / (total(days.sources.map((values) => sum(values, recent, count))) + 0.5)),
    days.coreFans >= Math.max(1, minimum) ? sum(days.coreFirsts, 0, count) / days.coreFans : NaN,
    ...sources,
    total(placed) >= Math.max(minimum, reach / 2) ? entropy(placed) : NaN,
  ];
}

/** Unknown where no play names a source. */
function sourceFacts(sources: readonly Float64Array[], count: number): number[] {
  const all = sources.map((values) => sum(values, 0, count));
  const latest = sources.map((values) => sum(values, Math.max(0, count - WEEK), count));
  const share = (source: Source, plays: readonly number[]) => (plays[SOURCES.indexOf(source)] as number) / total(plays);
  if (share('other', all) === 1) return unknown(5);
  return [share('chart', all), share('chart', latest), share('playlist', all), share('library', all), entropy(all)];
}

function artistFacts({ songs, daysSince, earlier }: ArtistPast, count: number): number[] {
  const courses = earlier.flatMap(({ series, before }) => {
    const course = before + count < TRAJECTORY_DAYS ? NaN : Math.log((meanPlays(series, count, TRAJECTORY_DAYS) + 0.5) / (meanPlays(series, 0, count) + 0.5));
    return Number.isNaN(course) ? [] : [course];
  });
  return [Math.log(1 + songs), Math.log(daysSince), median(courses)];
}

/** NaN when more than half of the days are unknown. A day off the chart counts as its floor. */
function meanPlays(series: Series, from: number, to: number): number {
  let [plays, known] = [0, 0];
  for (let day = from; day < to; day++) {
    const value = atMost(series, day);
    if (Number.isNaN(value)) continue;
    plays += value;
    known++;
  }
  return known * 2 < to - from ? NaN : plays / known;
}

/** Shannon's, in nats. @example entropy([5, 5]) // 0.693 */
function entropy(counts: readonly number[]): number {
  const all = total(counts);
  return counts.reduce((nats, count) => (count > 0 ? nats - (count / all) * Math.log(count / all) : nats), 0);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

function sum(values: Float64Array | Uint8Array, from: number, to: number): number {
  let result = 0;
  for (let at = from; at < to; at++) result += values[at] as number;
  return result;
}

const unknown = (count: number): number[] => Array.from({ length: count }, () => NaN);

const total = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
