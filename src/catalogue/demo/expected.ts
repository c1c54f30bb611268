import type { DemoArtist } from './artists.ts';
import { DAYS, FIRST_DAY } from './calendar.ts';
import type { SongPlan } from './plan.ts';
import { expectedPlays } from './plan.ts';
import { casualInterest, CHART_ONLY_PLAYS } from './plays.ts';
import { CELLS, CHART_ONLY_SHARE, cellOf, cellShares, fanProbabilities, PARTNER_PULL, tasteByCell, type Population } from './population.ts';
import { REGIONS } from './regions.ts';
import type { Genre } from './taste.ts';

/** What the parameters imply for the whole population: the values that a sample's estimates should surround. */
export type Expectation = {
  /** Shares of all listeners who are fans of a, of b, and of both. */
  overlap(a: number, b: number): { a: number; b: number; both: number; lift: number };
  /** A region's share of plays that go to the chosen songs over their share everywhere, days [from, to) of the data. */
  regionalIndex(region: string, chosen: (plan: SongPlan) => boolean, from: number, to: number): number;
  /** Share of the artist's fans with at least one play of the song at ages [0, days). */
  fansReached(plan: SongPlan, days: number): number;
  /** Distinct listeners at ages [0, days), taking the ways to reach a person as independent. */
  listeners(plan: SongPlan, days: number): number;
};

export function expectation(artists: readonly DemoArtist[], plans: readonly SongPlan[], population: Population): Expectation {
  const shares = cellShares();
  const fan = withPartner(artists, fanProbabilities(artists, shares));
  return {
    overlap: (a, b) => overlap(artists, fan, shares, a, b),
    regionalIndex: regionalIndex(plans, fan, shares),
    fansReached: (plan, days) => fansReached(plan, days, population, shares, fan[plan.song.artist]?.all ?? shares),
    listeners: (plan, days) => listeners(plan, days, population, shares),
  };
}

type Membership = { own: Float64Array; all: Float64Array };

/** Probability of fandom by cell: `own` before, `all` after the star's fans were won. */
function withPartner(artists: readonly DemoArtist[], own: Float64Array[]): Membership[] {
  const star = own[artists.findIndex((artist) => artist.role === 'star')];
  return artists.map((artist, index) => {
    const mine = own[index] as Float64Array;
    if (artist.role !== 'unexpected-partner' || !star) return { own: mine, all: mine };
    return { own: mine, all: mine.map((value, cell) => 1 - (1 - value) * (1 - PARTNER_PULL * (star[cell] as number))) };
  });
}

function overlap(artists: readonly DemoArtist[], fan: Membership[], shares: Float64Array, a: number, b: number) {
  const roles = [artists[a]?.role, artists[b]?.role];
  const pulled = roles.includes('star') && roles.includes('unexpected-partner');
  const [first, second] = roles[0] === 'unexpected-partner' ? [b, a] : [a, b];
  const sums = { first: 0, second: 0, both: 0 };
  for (let cell = 0; cell < CELLS; cell++) {
    const share = (shares[cell] as number) * (1 - CHART_ONLY_SHARE);
    const one = fan[first]?.all[cell] ?? 0;
    const two = fan[second]?.all[cell] ?? 0;
    const ownTwo = fan[second]?.own[cell] ?? 0;
    sums.first += share * one;
    sums.second += share * two;
    sums.both += share * one * (pulled ? 1 - (1 - ownTwo) * (1 - PARTNER_PULL) : two);
  }
  const lift = sums.both / (sums.first * sums.second);
  return first === a ? { a: sums.first, b: sums.second, both: sums.both, lift } : { a: sums.second, b: sums.first, both: sums.both, lift };
}

function regionalIndex(plans: readonly SongPlan[], fan: Membership[], shares: Float64Array): Expectation['regionalIndex'] {
  const people = byRegion(shares, () => 1);
  const fansBy = fan.map((membership) => byRegion(shares, (cell) => membership.all[cell] as number));
  const casualBy = new Map<Genre, number[]>();
  const casual = (genre: Genre) => {
    const known = casualBy.get(genre) ?? byRegion(shares, casualCells(genre, shares));
    casualBy.set(genre, known);
    return known;
  };
  return (name, chosen, from, to) => {
    const region = REGIONS.findIndex((candidate) => candidate.name === name);
    const plays = { here: 0, everywhere: 0, chosenHere: 0, chosenEverywhere: 0 };
    for (const plan of plans) {
      const parts = { fan: total(plan.fan, from, to), casual: total(plan.casual, from, to), chart: total(plan.chart, from, to) };
      const everywhere = parts.fan + parts.casual + parts.chart;
      const casualShares = plan.casualGenre === null ? people : casual(plan.casualGenre);
      const here = parts.fan * (fansBy[plan.song.artist]?.[region] ?? 0) + parts.casual * (casualShares[region] ?? 0) + parts.chart * (people[region] ?? 0);
      plays.here += here;
      plays.everywhere += everywhere;
      if (!chosen(plan)) continue;
      plays.chosenHere += here;
      plays.chosenEverywhere += everywhere;
    }
    return plays.chosenHere / plays.here / (plays.chosenEverywhere / plays.everywhere);
  };
}

function casualCells(genre: Genre, shares: Float64Array): (cell: number) => number {
  const interest = casualInterest(tasteByCell(genre, shares));
  return (cell) => interest[cell] as number;
}

/** Each region's share of the population weighted by `weight`. */
function byRegion(shares: Float64Array, weight: (cell: number) => number): number[] {
  const sums = REGIONS.map(() => 0);
  for (let cell = 0; cell < CELLS; cell++) {
    const { region } = cellOf(cell);
    sums[region] = (sums[region] as number) + (shares[cell] as number) * weight(cell);
  }
  const all = sums.reduce((sum, value) => sum + value, 0);
  return sums.map((value) => value / all);
}

function total(values: Float32Array, from: number, to: number): number {
  return values.subarray(Math.max(0, from), Math.min(DAYS, to)).reduce((sum, value) => sum + value, 0);
}

/** A fan at place u plays with a rate proportional to u ** (1/c - 1): averaged over 200 places. */
function reachedFans(plan: SongPlan, days: number): number {
  const plays = total(plan.fan, plan.song.releaseDay - FIRST_DAY, plan.song.releaseDay - FIRST_DAY + days);
  const places = 200;
  let missed = 0;
  for (let place = 0; place < places; place++) {
    const rate = ((place + 0.5) / places) ** (1 / plan.concentration - 1) / plan.concentration;
    missed += Math.exp((-plays / plan.fanCount) * rate) / places;
  }
  return plan.fanCount * (1 - missed);
}

/** Share of a group of other listeners, given by its share in each cell (sum 1), that plays the song casually. */
function reachedCasually(plan: SongPlan, days: number, others: number, shares: Float64Array, group: Float64Array): number {
  const plays = expectedPlays(plan, 0, days, ['casual']);
  if (plan.casualGenre === null) return Math.min(1, plays / others);
  const interest = casualInterest(tasteByCell(plan.casualGenre, shares));
  const mean = interest.reduce((sum, value, cell) => sum + value * (shares[cell] as number), 0);
  return interest.reduce((sum, value, cell) => sum + (group[cell] as number) * (1 - Math.exp((-plays / others) * (value / mean))), 0);
}

const byChart = (plan: SongPlan, days: number, people: number, share: number) => 1 - Math.exp((-expectedPlays(plan, 0, days, ['chart']) * share) / people);

function fansReached(plan: SongPlan, days: number, population: Population, shares: Float64Array, fan: Float64Array): number {
  const fans = population.fans[plan.song.artist]?.length ?? 0;
  if (fans === 0) return 0;
  const among = fan.map((probability, cell) => probability * (shares[cell] as number));
  const sum = among.reduce((total, value) => total + value, 0);
  const others = population.others.length;
  const casually = plan.missesFans ? 0 : reachedCasually(plan, days, others, shares, among.map((value) => value / sum));
  return 1 - (1 - reachedFans(plan, days) / fans) * (1 - casually) * (1 - byChart(plan, days, others, 1 - CHART_ONLY_PLAYS));
}

function listeners(plan: SongPlan, days: number, population: Population, shares: Float64Array): number {
  const others = population.others.length;
  const chartOnly = population.chartOnly.length;
  const ways = [reachedFans(plan, days) / others, reachedCasually(plan, days, others, shares, shares), byChart(plan, days, others, 1 - CHART_ONLY_PLAYS)];
  const missed = ways.reduce((product, reached) => product * (1 - reached), 1);
  return others * (1 - missed) + chartOnly * byChart(plan, days, chartOnly, CHART_ONLY_PLAYS);
}
