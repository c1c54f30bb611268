import type { FinishedSong } from './types.ts';

/** Songs to learn from, and songs of other groups to look at afterwards. */
export type Split = { train: FinishedSong[]; test: FinishedSong[] };

/** With fewer, a part of the markets would be one of them. */
const FEWEST_MARKETS = 6;
const PARTS = 3;
const LATEST = 0.25;

/**
 * Splits for honest backtests inside a training set, each like what comes: with several markets, some of them and the latest songs of the others; else some of the groups.
 * A song of a group that was learned from is not looked at, so that no song is known from elsewhere.
 */
export function splitsOf(songs: readonly FinishedSong[]): Split[] {
  const markets = numbered(songs.map((song) => song.market));
  const groups = numbered(songs.map((song) => song.group));
  const byMarket = markets.size >= FEWEST_MARKETS;
  const cut = songs.map((song) => song.date).toSorted((a, b) => a - b)[Math.floor(songs.length * (1 - LATEST))] ?? Infinity;
  const isTest = (song: FinishedSong, part: number) =>
    byMarket ? (markets.get(song.market) as number) % PARTS === part || song.date >= cut : (groups.get(song.group) as number) % PARTS === part;
  return Array.from({ length: PARTS }, (_, part) => {
    const train = songs.filter((song) => !isTest(song, part));
    const seen = new Set(train.map((song) => song.group));
    return { train, test: songs.filter((song) => song.series.fresh && isTest(song, part) && !seen.has(song.group)) };
  }).filter(({ train, test }) => train.length > 0 && test.length > 0);
}

/** Numbers in the order of the names, so that the order of the songs does not matter. */
const numbered = (names: readonly string[]): Map<string, number> => new Map([...new Set(names)].toSorted().map((name, at) => [name, at]));
