import type { FinishedSong } from './types.ts';

/** Songs to learn from, and songs of other groups to look at afterwards. */
export type Split = { train: FinishedSong[]; test: FinishedSong[] };

/** Charts of several markets are split by market, because a new market is the hardest case. */
const FEWEST_MARKETS = 4;
const PARTS = 3;
const LATEST = 0.3;

/**
 * Splits for honest backtests inside a training set: parts of the markets (or of the groups, where there are too few markets), then the latest songs.
 * A group never stands on both sides.
 */
export function splitsOf(songs: readonly FinishedSong[]): Split[] {
  const markets = numbered(songs.map((song) => song.market));
  const groups = numbered(songs.map((song) => song.group));
  const byMarket = markets.size >= FEWEST_MARKETS;
  const partOf = (song: FinishedSong) => ((byMarket ? markets.get(song.market) : groups.get(song.group)) ?? 0) % PARTS;
  const cut = songs.map((song) => song.date).toSorted((a, b) => a - b)[Math.floor(songs.length * (1 - LATEST))] ?? Infinity;
  return [...Array.from({ length: PARTS }, (_, part) => split(songs, (song) => partOf(song) === part)), split(songs, (song) => song.date >= cut)].filter(
    ({ train, test }) => train.length > 0 && test.length > 0,
  );
}

function split(songs: readonly FinishedSong[], isTest: (song: FinishedSong) => boolean): Split {
  const test = songs.filter((song) => song.series.fresh && isTest(song));
  const seen = new Set(test.map((song) => song.group));
  return { test, train: songs.filter((song) => !isTest(song) && !seen.has(song.group)) };
}

/** Numbers in the order of the names, so that the order of the songs does not matter. */
const numbered = (names: readonly string[]): Map<string, number> => new Map([...new Set(names)].toSorted().map((name, at) => [name, at]));
