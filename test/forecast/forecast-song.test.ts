import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/client.ts';
import { forecastsToScore } from '../../src/db/queries/forecast-record.ts';
import { addDays } from '../../src/forecast/calendar.ts';
import { forecastSong } from '../../src/forecast/forecast-song.ts';
import { forecastRecord, scoreStoredForecasts } from '../../src/forecast/record.ts';
import { similarTo } from '../../src/forecast/similar-to.ts';
import type { Services } from '../../src/services.ts';
import { testDatabase } from '../db/database.ts';

const FIRST_DAY = '2026-01-01';
const LAST_DAY = '2026-06-30';
const DAYS = 181;

type Count = { day: number; plays: number | null; floor?: number | null; source?: string; feed?: string };

describe('forecasting a song of the catalogue', () => {
  let db: Database;
  let services: Services;
  let artistId: number;

  const addSong = async (title: string, releaseDate: string | null, counts: Count[], from = releaseDate ?? FIRST_DAY): Promise<number> => {
    const [song] = await db.sql<{ id: number }[]>`
      insert into song (external_id, artist_id, title, title_key, release_date)
      values (${title}, ${artistId}, ${title}, ${title.toLowerCase()}, ${releaseDate}) returning id`;
    const id = song?.id ?? 0;
    const rows = counts.map(({ day, plays, floor = null, source = 'other', feed = 'daily' }) => ({ song_id: id, day: addDays(from, day), source, feed, plays, floor }));
    if (rows.length > 0) await db.sql`insert into song_day ${db.sql(rows)}`;
    return id;
  };
  const decay = (level: number, days: number): Count[] => Array.from({ length: days }, (_, day) => ({ day, plays: Math.round(level * 0.96 ** day) }));
  const code = async (work: Promise<unknown>) => {
    try {
      return { answered: await work };
    } catch (error) {
      const { code: name, context } = error as { code: string; context: Record<string, unknown> };
      return { code: name, context };
    }
  };

  beforeAll(async () => {
    db = await testDatabase();
    services = { db } as Services;
    const [artist] = await db.sql<{ id: number }[]>`insert into artist (external_id, name, name_key) values ('a', 'A', 'a') returning id`;
    artistId = artist?.id ?? 0;
    const days = ['daily', 'charts'].flatMap((feed) => Array.from({ length: DAYS }, (_, day) => ({ kind: 'daily', feed, day: addDays(FIRST_DAY, day), rows: 1, digest: '', charted: feed === 'charts' })));
    await db.sql`insert into ingest_day ${db.sql(days)}`;
    for (let at = 0; at < 40; at++) await addSong(`finished ${at}`, addDays(FIRST_DAY, at), decay(5000 + 200 * at, 60));
  }, 120_000);
  afterAll(async () => await db?.close());

  it('answers with ordered quantiles for every later day and for the total', async () => {
    const song = await addSong('ten days old', addDays(LAST_DAY, -9), decay(1000, 10));
    const answer = await forecastSong(services, { songId: song });
    expect(answer).toMatchObject({ origin: 7, dataDate: LAST_DAY, song: { title: 'ten days old', artist: 'A' } });
    expect(answer.known).toHaveLength(10);
    expect(answer.days).toHaveLength(53);
    expect(answer.days[0]).toMatchObject({ day: 7, date: addDays(LAST_DAY, -2) });
    for (const { q10, q50, q90 } of [...answer.days, answer.total]) expect(q10 >= 0 && q10 <= q50 && q50 <= q90).toBe(true);
    const soFar = decay(1000, 7).reduce((sum, day) => sum + (day.plays ?? 0), 0);
    expect(answer.checkpoints[0]).toEqual({ day: 7, q10: soFar, q50: soFar, q90: soFar, counted: true });
    expect(answer.checkpoints.slice(1).map(({ counted }) => counted)).toEqual([false, false, false]);
    const truth = (1 - 0.96 ** 60) / (1 - 0.96 ** 7);
    expect(answer.total.q10 / soFar).toBeLessThan(truth);
    expect(answer.total.q90 / soFar).toBeGreaterThan(truth);
  });

  it('stores the answer once for one question on the same data', async () => {
    const song = await addSong('asked twice', addDays(LAST_DAY, -4), decay(1000, 5));
    const [first, second] = [await forecastSong(services, { songId: song }), await forecastSong(services, { songId: song })];
    expect(second.id).toBe(first.id);
    const rows = await db.sql<{ q50: number[]; total: number[]; model: string; data_date: string }[]>`select q50, total, model, data_date::text from forecast where song_id = ${song}`;
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ model: first.model.id, data_date: LAST_DAY, total: [first.total.q10, first.total.q50, first.total.q90] });
    expect(rows[0]?.q50).toHaveLength(57);
  });

  it('adds up the sources and feeds of a day', async () => {
    const parts = decay(300, 5).flatMap((count) => [{ ...count, source: 'chart' }, { ...count, source: 'search' }, { ...count, source: 'search', feed: 'second' }]);
    const answer = await forecastSong(services, { songId: await addSong('in parts', addDays(LAST_DAY, -4), parts) });
    expect(answer.known[0]?.plays).toBe(900);
  });

  it('calls no sum counted in which a day was estimated', async () => {
    const counts = [100, 100, null, null, 100, 100, null].map((plays, day) => ({ day, plays, floor: day === 6 ? 70 : null, feed: 'charts' }));
    const answer = await forecastSong(services, { songId: await addSong('with gaps', addDays(LAST_DAY, -6), counts) });
    expect(answer.checkpoints[0]?.q50).toBeGreaterThan(400);
    expect(answer.checkpoints.map(({ counted }) => counted)).toEqual([false, false, false, false]);
  });

  it('sees a song of a chart feed through a chart from its first day, before any floor of it is told', async () => {
    const counts = decay(9000, 10).filter(({ day }) => day !== 8);
    const charted = await forecastSong(services, { songId: await addSong('on the chart', addDays(LAST_DAY, -9), counts.map((count) => ({ ...count, feed: 'charts' }))) });
    expect(charted).toMatchObject({ kind: 'chart', model: { id: 'default-chart/1' } });
    expect(charted.known[8]).toMatchObject({ plays: null, floor: null });
    const complete = await forecastSong(services, { songId: await addSong('counted', addDays(LAST_DAY, -9), counts) });
    expect(complete.kind).toBe('complete');
    expect(complete.known[8]?.plays).toBe(0);
  });

  it('tells a song younger than 3 days when to ask again', async () => {
    const song = await addSong('one day old', LAST_DAY, decay(1000, 1));
    expect(await code(forecastSong(services, { songId: song }))).toEqual({
      code: 'song-too-young',
      context: { title: 'one day old', days: 1, askOn: addDays(LAST_DAY, 3) },
    });
  });

  it('tells when a later origin is reached', async () => {
    const song = await addSong('five days old', addDays(LAST_DAY, -4), decay(1000, 5));
    const result = await code(forecastSong(services, { songId: song, origin: 14 }));
    expect(result).toMatchObject({ code: 'origin-not-reached', context: { origin: 14, days: 5, askOn: addDays(LAST_DAY, 10) } });
  });

  it.each([
    ['all zero', addDays(LAST_DAY, -9), [], 'song-without-plays'],
    ['released before the data', '2025-01-01', decay(9, 5).map((count) => ({ ...count, day: count.day + 400 })), 'song-older-than-data'],
    ['without a release date, playing on the first day', null, decay(9, 50), 'song-release-unknown'],
    ['without a release date and plays', null, [], 'song-without-plays'],
  ])('refuses a song %s', async (title, release, counts, expected) => {
    const song = await addSong(title, release, counts);
    expect(await code(forecastSong(services, { songId: song }))).toMatchObject({ code: expected });
  });

  it('refuses an unknown song', async () => {
    expect(await code(forecastSong(services, { songId: 999_999 }))).toMatchObject({ code: 'song-not-found' });
  });

  it.each([
    ['a single spike', [{ day: 0, plays: 40_000 }]],
    ['a re-release', [{ day: 0, plays: 3 }, { day: 40, plays: 9000 }, { day: 41, plays: 8000 }]],
    ['days off the chart', [...decay(9000, 12), { day: 12, plays: null, floor: 4000 }, { day: 13, plays: null, floor: 4100 }].map((count) => ({ ...count, feed: 'charts' }))],
  ])('answers for a finished song with %s, from its origin', async (title, counts) => {
    const song = await addSong(title, addDays(LAST_DAY, -80), counts);
    const answer = await forecastSong(services, { songId: song, origin: 7 });
    expect(answer.known).toHaveLength(60);
    expect(answer.days.every((day) => Number.isFinite(day.q90) && day.q10 >= 0)).toBe(true);
  });

  it('forecasts across a gap in the data, and refuses when most days are missing', async () => {
    await db.sql`delete from ingest_day where day in (${addDays(LAST_DAY, -29)}, ${addDays(LAST_DAY, -28)}, ${addDays(LAST_DAY, -26)})`;
    const song = await addSong('with a gap', addDays(LAST_DAY, -29), decay(1000, 30).filter((count) => ![0, 1, 3].includes(count.day)));
    const answer = await forecastSong(services, { songId: song, origin: 7 });
    expect(answer.known.slice(0, 4).map((day) => day.plays)).toEqual([null, null, 922, null]);
    expect(await code(forecastSong(services, { songId: song, origin: 3 }))).toMatchObject({ code: 'song-days-missing', context: { origin: 3, known: 1 } });
  });

  it('says that it is the shipped model, why, which songs are alike, and what share the chart has', async () => {
    const halves = decay(1000, 9).flatMap((count) => [{ ...count, source: 'chart' }, { ...count, source: 'search' }]);
    const answer = await forecastSong(services, { songId: await addSong('explained', addDays(LAST_DAY, -8), halves) });
    expect(answer.model).toMatchObject({ id: 'default-complete/1', shipped: true });
    expect(answer.why.reasons.length).toBeGreaterThan(3);
    expect(answer.similar.songs).toHaveLength(5);
    expect(answer.similar.songs[0]?.artist).toBe('A');
    expect(answer.chartExit?.share).toBe(0.5);
    expect(answer.chartExit?.chart[40]).toBe(0);
  });

  it('answers in a catalogue without finished songs', async () => {
    const song = await addSong('in a young catalogue', addDays(LAST_DAY, -9), decay(1000, 10));
    await db.sql`update song set release_date = ${LAST_DAY} where title like 'finished%'`;
    await db.sql`update ingest_day set imported_at = now() + interval '1 second'`;
    const answer = await forecastSong(services, { songId: song });
    expect(answer.similar.songs.filter(({ title }) => title.startsWith('finished'))).toEqual([]);
    expect(answer.total.q90).toBeGreaterThan(answer.total.q10);
  });

  it('scores a stored forecast when its days have arrived, beside the log-linear model', async () => {
    const plays = decay(1000, 60);
    const song = await addSong('scored later', addDays(LAST_DAY, -7), plays.slice(0, 8));
    const forecast = await forecastSong(services, { songId: song });
    expect(await scoreStoredForecasts(services)).toBe(0);
    await db.sql`insert into song_day ${db.sql(plays.slice(8).map(({ day, plays: count }) => ({ song_id: song, day: addDays(LAST_DAY, day - 7), source: 'other', feed: 'daily', plays: count, floor: null })))}`;
    await db.sql`insert into ingest_day ${db.sql(plays.slice(8).map(({ day }) => ({ kind: 'daily', feed: 'daily', day: addDays(LAST_DAY, day - 7), rows: 1, digest: '' })))}`;
    expect(await scoreStoredForecasts(services)).toBeGreaterThan(0);
    const { rows, summary } = await forecastRecord(services, 7);
    const row = rows.find(({ id }) => id === forecast.id);
    expect(row).toMatchObject({ until: 60, counted: 52, dataDate: LAST_DAY });
    const total = plays.reduce((sum, { plays: count }) => sum + (count ?? 0), 0);
    expect(row?.totalError).toBeCloseTo(Math.abs(forecast.total.q50 / total - 1), 10);
    expect(row?.szaboHubermanError).toBeGreaterThan(0);
    expect(row?.inside).toBe(forecast.days.slice(1).filter(({ q10, q90 }, at) => { const truth = plays[at + 8]?.plays ?? 0; return truth >= q10 && truth <= q90; }).length);
    expect(summary.n).toBeGreaterThan(0);
    expect(summary.pinballRatio).toBeGreaterThan(0);
    expect((await scoreStoredForecasts(services))).toBe(0);
  });

  it('looks at every stored forecast in turn, so that those whose days never come hold up no other', async () => {
    await db.sql`insert into forecast (song_id, origin, model, data_date, q10, q50, q90, total, detail) select 0, 3, 'gone', ${FIRST_DAY}, '{}', '{}', '{}', '{}', '{"known": 3}' from generate_series(1, 3)`;
    const gone = async (after?: string) => (await forecastsToScore(db.sql, 3, 1, after))[0]?.id;
    const [first, second, third] = [await gone(), await gone(await gone()), await gone(await gone(await gone()))];
    expect(new Set([first, second, third]).size).toBe(3);
    expect(await scoreStoredForecasts(services)).toBe(0);
  });

  it('compares with no other song one whose first days are mostly unknown', async () => {
    const song = await addSong('out before the data', addDays(FIRST_DAY, -25), decay(1000, 10).map((one) => ({ ...one, day: one.day + 25 })));
    expect(await code(similarTo(services, song))).toMatchObject({ code: 'song-days-missing', context: { origin: 30, known: 5 } });
  });
});
