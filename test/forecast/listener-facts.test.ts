import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/boosting/random.ts';
import { loadDaily } from '../../src/catalogue/import/daily.ts';
import { loadListeners } from '../../src/catalogue/import/listeners.ts';
import { loadPlays } from '../../src/catalogue/import/plays.ts';
import type { PlayRow } from '../../src/catalogue/import/rows.ts';
import { loadSongs } from '../../src/catalogue/import/songs.ts';
import { readConfig } from '../../src/config.ts';
import type { Database } from '../../src/db/client.ts';
import { SOURCES, type Source } from '../../src/db/schema/sources.ts';
import { addDays, daysBetween } from '../../src/forecast/calendar.ts';
import { fitEngine, predictEngine } from '../../src/forecast/engine.ts';
import { addListenerFacts, loadListenerFacts, withListenerFacts } from '../../src/forecast/listener-facts.ts';
import { LISTENER_FEATURES, type ListenerFacts } from '../../src/forecast/listener-features.ts';
import { loadFinishedSongs } from '../../src/forecast/load-finished-songs.ts';
import { loadTrajectory } from '../../src/forecast/load-trajectory.ts';
import { seriesOf, type Series } from '../../src/forecast/series.ts';
import { ORIGINS, type FinishedSong, type Origin } from '../../src/forecast/types.ts';
import { testDatabase } from '../db/database.ts';
import { madeSongs } from './made-songs.ts';

const FIRST = '2026-01-01';
const DAYS = 180;
const LOAD = { timeZone: 'UTC', feed: 'app' };
/** Two artists; the asked song is A's third, with 40 days known. */
const SONGS = [
  { id: 'a1', title: 'A one', artist: 'A', releaseDate: '2026-01-05' },
  { id: 'a2', title: 'A two', artist: 'A', releaseDate: '2026-03-20' },
  { id: 'a3', title: 'A three', artist: 'A', releaseDate: '2026-05-22' },
  { id: 'b1', title: 'B one', artist: 'B', releaseDate: '2026-02-10' },
];
const ASKED = SONGS[2] as (typeof SONGS)[number];
const LISTENERS = 120;

/** A song loses plays as it ages; a third of the listeners play only the chart. */
function invented(seed: number): PlayRow[] {
  const random = randomFrom(seed);
  const draw = (below: number) => Math.floor(random() * below);
  return Array.from({ length: DAYS }, (_, day) => addDays(FIRST, day)).flatMap((date) =>
    SONGS.flatMap(({ id, releaseDate }) => {
      const age = daysBetween(releaseDate, date);
      return Array.from({ length: age < 0 ? 0 : Math.round(60 * 0.97 ** age) }, (__, play) => {
        const listener = draw(LISTENERS);
        return { listener: `l${listener}`, song: id, playedAt: `${date}T10:${String(play % 60).padStart(2, '0')}:00Z`, source: listener % 3 === 0 ? 'chart' : (SOURCES[draw(5)] as Source), seconds: 100 };
      });
    }),
  );
}

const dayOf = (play: PlayRow) => play.playedAt.slice(0, 10);

describe('listeners of a catalogue with plays', () => {
  let db: Database;
  let services: { db: Database; config: ReturnType<typeof readConfig> };
  let songId: number;
  const plays = invented(1);
  const factsAtOrigin = async (origin: Origin): Promise<Series> =>
    await addListenerFacts(services, seriesOf((await loadTrajectory(services, songId)).days), { id: songId, releaseDate: ASKED.releaseDate }, origin, await loadFinishedSongs(services), 'listeners');

  beforeAll(async () => {
    db = await testDatabase();
    services = { db, config: readConfig({}) };
    await loadSongs(db, SONGS, LOAD);
    await loadListeners(db, Array.from({ length: LISTENERS }, (_, at) => ({ id: `l${at}`, region: ['TPE', 'KHH', 'HUN'][at % 3] as string })), LOAD);
    await loadPlays(db, plays, LOAD);
    const [song] = await db.sql<{ id: number }[]>`select id from song where external_id = ${ASKED.id}`;
    songId = song?.id ?? 0;
  });
  afterAll(async () => await db?.close());

  it('are counted as counting each play by hand gives', async () => {
    for (const origin of ORIGINS) {
      const seen = plays.filter((play) => play.song === ASKED.id && daysBetween(ASKED.releaseDate, dayOf(play)) < origin);
      const before = Map.groupBy(plays.filter((play) => play.song.startsWith('a') && daysBetween(dayOf(play), ASKED.releaseDate) > 0 && daysBetween(dayOf(play), ASKED.releaseDate) <= 90), (play) => play.listener);
      const core = new Set([...before].flatMap(([listener, own]) => (own.length >= 3 && own.some((play) => play.source !== 'chart') ? [listener] : [])));
      const reached = new Set(seen.map((play) => play.listener));
      const expected = {
        reach: Math.log(reached.size),
        repeatRate: Math.log(seen.length / reached.size),
        coreShare: core.intersection(reached).size / core.size,
        chartShare: seen.filter((play) => play.source === 'chart').length / seen.length,
        earlierSongs: Math.log(3),
        sinceRelease: Math.log(daysBetween('2026-03-20', ASKED.releaseDate)),
      };
      const row = (await factsAtOrigin(origin)).listeners?.[origin - 1] as Float32Array;
      for (const [name, value] of Object.entries(expected)) expect(row[(LISTENER_FEATURES as readonly string[]).indexOf(name)], `${name} at ${origin}`).toBeCloseTo(value, 5);
      expect(row[LISTENER_FEATURES.indexOf('earlierCourse')]).toBeLessThan(0);
    }
  });

  it('are the same for one song as among all, at every origin', async () => {
    const all = await withListenerFacts(services, await loadFinishedSongs(services));
    expect(all.map(({ series }) => series.listeners?.length)).toEqual(all.map(() => 38));
    const [last] = all as [FinishedSong];
    for (const origin of ORIGINS) {
      const one = await loadListenerFacts(services, [{ id: last.id, releaseDate: addDays('1970-01-01', last.date), days: origin }], all, 'listeners', 10);
      expect(one.get(last.id)).toEqual(last.series.listeners?.slice(0, origin));
    }
  });

  it('stay unknown below the minimum group of the configuration', async () => {
    const strict = { ...services, config: readConfig({ MINIMUM_GROUP: '500' }) };
    const { listeners } = await addListenerFacts(strict, seriesOf([]), { id: songId, releaseDate: ASKED.releaseDate }, 7, [], 'listeners');
    expect([...(listeners?.[6] ?? [])].slice(0, 10)).toEqual(Array.from({ length: 10 }, () => NaN));
  });

  it('sees nothing after the origin: whatever is played, released or corrected later, the same forecast', async () => {
    const songs = madeSongs(60, 31).map((song, at) => ({ ...song, series: { ...song.series, listeners: inventedFacts(at) } }));
    const engine = fitEngine(songs, { kind: 'complete', settings: { trees: { trees: 12, leaves: 4, learningRate: 0.3, leastLeafShare: 0.02, bags: 1, seed: 1 }, horizons: 3, ridge: 10, neighbours: 30 } });
    const before = new Map<Origin, Series>();
    for (const origin of ORIGINS) before.set(origin, await factsAtOrigin(origin));
    await loadSongs(db, [{ id: 'a4', title: 'A four', artist: 'A', releaseDate: addDays(ASKED.releaseDate, 3) }], LOAD);
    for (const origin of ORIGINS.toReversed()) {
      const last = addDays(ASKED.releaseDate, origin - 1);
      const later = invented(100 + origin).filter((play) => dayOf(play) > last).map((play) => ({ ...play, song: play.song === 'b1' ? 'a4' : play.song === ASKED.id ? 'b1' : ASKED.id, source: 'search' as const }));
      const changed = await loadPlays(db, later, { ...LOAD, wholeDays: true });
      expect(changed.replaced).toBeGreaterThan(0);
      const series = await factsAtOrigin(origin);
      const known = before.get(origin) as Series;
      expect(series.plays[origin]).not.toBe(known.plays[origin]);
      expect(series.listeners).toEqual(known.listeners);
      expect(predictEngine(engine, series, origin)).toEqual(predictEngine(engine, known, origin));
      const { listeners: _, ...bare } = known;
      expect(predictEngine(engine, bare, origin)).not.toEqual(predictEngine(engine, known, origin));
    }
  }, 60_000);
});

const inventedFacts = (song: number): ListenerFacts => Array.from({ length: 38 }, (_, day) => Float32Array.from(LISTENER_FEATURES, (__, feature) => Math.sin(song * (feature + 2) + day / 50)));

describe('a catalogue of daily counts alone', () => {
  it('is asked one cheap question, and has no facts', async () => {
    await using scope = await opened();
    const { db } = scope;
    await loadSongs(db, SONGS, LOAD);
    await loadDaily(db, Array.from({ length: 60 }, (_, day) => ({ song: 'a1', day: addDays('2026-01-05', day), plays: 100 - day })), LOAD);
    let asked = 0;
    const sql = new Proxy(db.sql, { apply: (target, self, parts) => { asked++; return Reflect.apply(target, self, parts) as unknown; } });
    const [song] = await loadFinishedSongs({ db });
    const facts = await loadListenerFacts({ db: { ...db, sql } }, [{ id: song?.id ?? 0, releaseDate: '2026-01-05', days: 30 }], [], 'listeners', 10);
    expect([asked, facts.size, song?.series.listeners]).toEqual([1, 0, undefined]);
  });
});

async function opened(): Promise<{ db: Database } & AsyncDisposable> {
  const db = await testDatabase();
  return { db, [Symbol.asyncDispose]: async () => await db.close() };
}
