import { describe, expect, test } from 'vitest';
import { demoCatalogue } from '../../../src/catalogue/demo/catalogue.ts';
import { tally } from './tally.ts';

const catalogue = demoCatalogue({ seed: 3 });
const { truths } = catalogue;
const counted = tally(catalogue);
const songCounts = (song: string) => {
  const counts = counted.bySong.get(song);
  if (!counts) throw new Error(`no plays of ${song}`);
  return counts;
};

const sumOf = (days: { plays: number; chart: number }[], part: 'plays' | 'chart') => days.reduce((sum, day) => sum + day[part], 0);

describe('what an analyst counts from the plays is what was planted:', () => {
  test('the share of listeners who only play the chart', () => {
    expect(counted.activeListeners).toBeGreaterThan(0.99 * catalogue.listenerCount);
    expect(counted.chartOnlyShare).toBeGreaterThan(0.23);
    expect(counted.chartOnlyShare).toBeLessThan(0.28);
  });

  test('overlaps of core fans, within three standard errors', () => {
    for (const { a, b, lift } of truths.overlaps) {
      const found = counted.lift(a, b);
      expect(Math.abs(Math.log(found.lift / lift)), `${a} and ${b}`).toBeLessThan(3 / Math.sqrt(found.both) + 0.06);
    }
    const control = truths.overlaps.find(({ kind }) => kind === 'control');
    expect(truths.overlaps.filter(({ kind }) => kind !== 'control').every(({ lift }) => lift > 2 * (control?.lift ?? Infinity))).toBe(true);
  });

  test('core fans as many as fans were drawn, within a tenth', () => {
    for (const { a, shareA } of truths.overlaps) expect(counted.core(a).size / catalogue.listenerCount / shareA, a).toBeCloseTo(1, 0.6);
  });

  test('regional tastes', () => {
    for (const { by, name, region, index } of truths.regions) expect(counted.regionalIndex(`${by} ${name}`, region) / index, `${name} in ${region}`).toBeCloseTo(1, 0.4);
    const planted = (name: string, region: string) => truths.regions.find((truth) => truth.name === name && truth.region === region)?.index;
    expect(planted('indigenous', 'Taitung County')).toBeGreaterThan(3);
    expect(planted('indigenous', 'Taitung County')).toBeLessThan(4);
    expect(planted('Taiwanese', 'Taipei City')).toBeCloseTo(0.9, 1);
    expect(planted('foreign', 'Taipei City')).toBeGreaterThan(1.2);
  });

  test('plays and listeners of every song in its first 60 days', () => {
    const errors = truths.songs.flatMap(({ song, first60 }) =>
      first60 ? [[Math.log(songCounts(song).plays / first60.plays), Math.log(songCounts(song).listeners.size / first60.listeners)] as const] : [],
    );
    const meanSize = (part: 0 | 1) => errors.reduce((sum, error) => sum + Math.abs(error[part]), 0) / errors.length;
    expect(meanSize(0)).toBeLessThan(0.05);
    expect(meanSize(1)).toBeLessThan(0.05);
  });

  test('chart plays on days 0 to 29 and none later', () => {
    for (const [song, { byAge }] of counted.bySong) for (const [age, { chart }] of byAge) if (age >= 30) expect(chart, `${song} on day ${age}`).toBe(0);
    const exits = truths.songs.filter(({ chartShareAtExit }) => chartShareAtExit !== null && chartShareAtExit > 0.2);
    const lastDays = exits.map(({ song }) => songCounts(song).byAge.get(29) ?? { plays: 0, chart: 0 });
    const found = { plays: sumOf(lastDays, 'plays'), chart: sumOf(lastDays, 'chart') };
    const planned = exits.reduce((sum, { chartShareAtExit }) => sum + (chartShareAtExit ?? 0), 0) / exits.length;
    expect(exits.length).toBeGreaterThan(80);
    expect(Math.abs(found.chart / found.plays - planned)).toBeLessThan(0.15);
  });

  test('equal plays, one song by many listeners and one by few who repeat it', () => {
    const [heavy, broad] = [songCounts(truths.repeat?.heavy ?? ''), songCounts(truths.repeat?.broad ?? '')];
    expect(heavy.plays / broad.plays).toBeCloseTo(1, 1);
    expect(heavy.plays / heavy.listeners.size).toBeGreaterThan(8 * (broad.plays / broad.listeners.size));
  });

  test('accounts that play a song all day', () => {
    const { song, accounts, playsPerDay } = truths.obsessive ?? { song: '', accounts: 0, playsPerDay: 0 };
    const most = [...songCounts(song).listeners.values()].sort((a, b) => b - a);
    expect(most[accounts - 1]).toBeGreaterThanOrEqual(20 * playsPerDay);
    expect(most[accounts]).toBeLessThan(2 * playsPerDay);
  });

  test('a release that misses the fans she already had, though its plays look well', () => {
    const { artist, song, usual, reached } = truths.missedAudience ?? { artist: '', song: '', usual: 0, reached: 0 };
    const core = counted.core(artist);
    const hearing = (id: string) => [...songCounts(id).firstWeek].filter((listener) => core.has(listener)).length / core.size;
    const earlier = catalogue.songs.filter((other) => other.artistId === artist && other.id !== song && (other.releaseDate ?? '') >= (catalogue.days[0] ?? ''));
    expect(hearing(song)).toBeCloseTo(reached, 1);
    expect(earlier.reduce((sum, other) => sum + hearing(other.id), 0) / earlier.length).toBeCloseTo(usual, 1);
    expect(reached).toBeLessThan(usual / 3);
    const plays = (id: string) => [0, 1, 2, 3, 4, 5, 6].reduce((sum, age) => sum + (songCounts(id).byAge.get(age)?.plays ?? 0), 0);
    expect(plays(song)).toBeGreaterThan(0.7 * (earlier.reduce((sum, other) => sum + plays(other.id), 0) / earlier.length));
  });
});

test('songs go through their lives differently', () => {
  expect(new Set(truths.songs.map(({ shape }) => shape)).size).toBe(5);
});
