import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { demoCatalogue, type DemoCatalogue } from '../../../src/catalogue/demo/catalogue.ts';
import { DEMO_SONG } from '../../../src/catalogue/demo/load.ts';
import { REGIONS } from '../../../src/catalogue/demo/regions.ts';

const small = demoCatalogue({ seed: 5, size: 0.1 });
const digest = (catalogue: DemoCatalogue) => {
  const hash = createHash('sha256').update(JSON.stringify([catalogue.songs, [...catalogue.listeners()], catalogue.truths]));
  for (const play of catalogue.plays()) hash.update(`${play.listener}${play.song}${play.playedAt}${play.source}${play.seconds}`);
  return hash.digest('hex');
};

describe('the same seed and size', () => {
  test('give the same catalogue to the last play', () => expect(digest(demoCatalogue({ seed: 5, size: 0.1 }))).toBe(digest(small)));
  test('another seed gives another', () => expect(digest(demoCatalogue({ seed: 6, size: 0.1 }))).not.toBe(digest(small)));
  test('days can be made in any order, or twice', () => {
    const late = [...small.playsOn(300)];
    const early = [...small.playsOn(10)];
    expect([...small.playsOn(300)]).toEqual(late);
    expect([...small.playsOn(10)]).toEqual(early);
  });
});

describe('rows', () => {
  const songs = new Map(small.songs.map((song) => [song.id, song]));
  const listeners = new Map([...small.listeners()].map((listener) => [listener.id, listener]));

  test('ids are unique, and every play names a song that is out and a listener, on its day, for at least 30 s', () => {
    expect(songs.size).toBe(small.songs.length);
    expect(listeners.size).toBe(small.listenerCount);
    const wrong = small.days.flatMap((day, index) =>
      [...small.playsOn(index)].filter(
        (play) =>
          !listeners.has(play.listener) || !((songs.get(play.song)?.releaseDate ?? '9999') <= day) || !play.playedAt.startsWith(`${day}T`) || !play.playedAt.endsWith('+08:00') || (play.seconds ?? 0) < 30,
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('a year ends on the fixed data date', () => {
    expect(small.days).toHaveLength(365);
    expect([small.days[0], small.days.at(-1)]).toEqual(['2025-11-01', '2026-10-31']);
  });

  test("regions are Taiwan's counties and cities; some listeners tell neither age nor gender", () => {
    const names = new Set<string | undefined>(REGIONS.map((region) => region.name));
    expect(names.size).toBe(22);
    expect([...listeners.values()].every(({ region }) => names.has(region))).toBe(true);
    expect([...listeners.values()].some(({ birthYear }) => birthYear === undefined)).toBe(true);
    expect([...listeners.values()].some(({ gender }) => gender === undefined)).toBe(true);
  });
});

describe('the default catalogue', () => {
  const { songs, truths } = demoCatalogue();
  const knownDays = new Map(truths.songs.map(({ song, daysKnown }) => [song, daysKnown]));

  test('has 40 artists and about 300 songs, most of them finished', () => {
    expect(new Set(songs.map((song) => song.artistId)).size).toBe(40);
    expect(songs.length).toBeGreaterThan(270);
    expect([...knownDays.values()].filter((days) => days >= 60).length).toBeGreaterThan(0.7 * songs.length);
  });

  test.each([1, 2, 3, 5, 7, 14, 30, 31])('has a song of which %d days are known', (days) => expect([...knownDays.values()]).toContain(days));

  test('has the song of the examples, and two others one character away', () => {
    expect(songs.find((song) => song.id === DEMO_SONG.id)).toMatchObject({ title: DEMO_SONG.title, artist: '阿灘與慢潮' });
    expect(knownDays.get(DEMO_SONG.id)).toBe(7);
    expect(songs.map((song) => song.title)).toEqual(expect.arrayContaining(['海邊的錄影機', '河邊的錄音機']));
  });

  test('has one re-release, with the title and ISRC of the original', () => {
    const again = songs.find((song) => song.id === truths.reRelease?.again);
    const original = songs.find((song) => song.id === truths.reRelease?.original);
    expect(again).toMatchObject({ title: original?.title, isrc: original?.isrc });
    expect((again?.releaseDate ?? '') > (original?.releaseDate ?? '')).toBe(true);
    const titles = songs.filter((song) => song !== again).map((song) => song.title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('truths are plain JSON', () => expect(JSON.parse(JSON.stringify(truths))).toEqual(truths));
});

test('four times the size has four times the listeners and plays and twice the artists', () => {
  const [one, four] = [demoCatalogue({ size: 0.5 }), demoCatalogue({ size: 2 })];
  const plays = (catalogue: DemoCatalogue) => catalogue.columnsOn(200).count;
  expect(four.listenerCount).toBe(4 * one.listenerCount);
  expect(plays(four) / plays(one)).toBeGreaterThan(3);
  expect(plays(four) / plays(one)).toBeLessThan(5);
  expect(new Set(four.songs.map((song) => song.artist)).size).toBe(57);
});
