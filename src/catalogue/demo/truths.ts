import type { DemoArtist } from './artists.ts';
import { DATA_DATE, dateOf, DAYS, FIRST_DAY, LAST_DAY } from './calendar.ts';
import { expectation, type Expectation } from './expected.ts';
import { CHART_DAYS, WEEKDAYS, type Shape } from './lifecycle.ts';
import { expectedChartShare, expectedPlays, type SongPlan } from './plan.ts';
import { CHART_ONLY_SHARE, type Population } from './population.ts';
import type { SongRole } from './songs.ts';
import { FOREIGN } from './taste.ts';

/** What was planted in the catalogue, as plain JSON. Songs and artists are named by their external ids. */
export type DemoTruths = {
  seed: number;
  size: number;
  dataDate: string;
  firstDay: string;
  /** Days a song is on the new-song chart: 0..29. */
  chartDays: number;
  /** Share of the listeners whose every play comes from the chart. */
  chartOnlyShare: number;
  /** Plays on a weekday over the week's mean, Monday first. */
  weekdays: readonly number[];
  songs: SongTruth[];
  /** Lift over all listeners, and the share of the listeners who are fans of each and of both. */
  overlaps: { kind: 'reggae-indigenous' | 'unexpected-partner' | 'control'; a: string; b: string; shareA: number; shareB: number; shareBoth: number; lift: number }[];
  /** Regional index of the last 90 days. */
  regions: { by: 'genre' | 'language' | 'foreign'; name: string; region: string; index: number }[];
  /** Two finished songs with the same expected plays in 60 days. */
  repeat: { heavy: string; broad: string; plays: number } | null;
  /** The song that a few accounts play all day. */
  obsessive: { song: string; accounts: number; playsPerDay: number; from: string; to: string } | null;
  /** Share of the artist's fans who played a release, from any source, in its first 7 days: her earlier ones on average, and the latest. */
  missedAudience: { artist: string; song: string; usual: number; reached: number } | null;
  /** The same recording under two ids, with one ISRC. */
  reRelease: { original: string; again: string } | null;
};

export type SongTruth = {
  song: string;
  role: SongRole | null;
  shape: Shape;
  releaseDate: string;
  /** Days from release to the data date, both included. */
  daysKnown: number;
  /** Standard normal values that the rendered audio carries too. */
  appeal: { listeners: number; playsPerListener: number };
  /** Expected over the first 60 days, or as many as are known; null for songs released before the data begins. */
  first60: { plays: number; listeners: number } | null;
  /** Share of day 29's expected plays that come from the chart and so end on day 30; null while younger. */
  chartShareAtExit: number | null;
};

export function demoTruths(seed: number, size: number, artists: readonly DemoArtist[], plans: readonly SongPlan[], population: Population): DemoTruths {
  const expected = expectation(artists, plans, population);
  return {
    seed,
    size,
    dataDate: DATA_DATE,
    firstDay: dateOf(FIRST_DAY),
    chartDays: CHART_DAYS,
    chartOnlyShare: CHART_ONLY_SHARE,
    weekdays: WEEKDAYS,
    songs: plans.map((plan) => songTruth(plan, expected)),
    overlaps: overlapTruths(artists, expected),
    regions: regionTruths(expected),
    repeat: repeatTruth(plans),
    obsessive: obsessiveTruth(plans),
    missedAudience: missedTruth(artists, plans, expected),
    reRelease: reReleaseTruth(plans),
  };
}

function songTruth(plan: SongPlan, expected: Expectation): SongTruth {
  const { song } = plan;
  const daysKnown = LAST_DAY - song.releaseDay + 1;
  const { id, role = null, shape, appeal } = song;
  const first60 = song.backCatalogue ? null : { plays: expectedPlays(plan, 0, 60), listeners: expected.listeners(plan, 60) };
  const chartShareAtExit = song.backCatalogue || daysKnown < CHART_DAYS ? null : expectedChartShare(plan);
  return { song: id, role, shape, releaseDate: dateOf(song.releaseDay), daysKnown, appeal, first60, chartShareAtExit };
}

function overlapTruths(artists: readonly DemoArtist[], expected: Expectation): DemoTruths['overlaps'] {
  const of = (wanted: (artist: DemoArtist) => boolean) => artists.flatMap((artist, index) => (wanted(artist) ? [index] : []));
  const pairs = (kind: DemoTruths['overlaps'][number]['kind'], left: number[], right: number[]) =>
    left.flatMap((a) => right.map((b) => ({ kind, a, b })));
  return [
    ...pairs('reggae-indigenous', of((artist) => artist.genre === 'reggae').slice(0, 2), of((artist) => artist.genre === 'indigenous').slice(0, 3)),
    ...pairs('unexpected-partner', of((artist) => artist.role === 'star'), of((artist) => artist.role === 'unexpected-partner')),
    ...pairs('control', of((artist) => artist.genre === 'rock').slice(0, 1), of((artist) => artist.genre === 'western pop').slice(0, 1)),
  ].map(({ kind, a, b }) => {
    const { a: shareA, b: shareB, both: shareBoth, lift } = expected.overlap(a, b);
    return { kind, a: artists[a]?.id ?? '', b: artists[b]?.id ?? '', shareA, shareB, shareBoth, lift };
  });
}

function regionTruths(expected: Expectation): DemoTruths['regions'] {
  const index = (by: 'genre' | 'language' | 'foreign', name: string, region: string) => {
    const chosen = ({ song }: SongPlan) => (by === 'genre' ? song.genre === name : by === 'language' ? song.language === name : FOREIGN.includes(song.genre));
    return { by, name, region, index: expected.regionalIndex(region, chosen, DAYS - 90, DAYS) };
  };
  return [
    index('genre', 'indigenous', 'Hualien County'),
    index('genre', 'indigenous', 'Taitung County'),
    index('genre', 'indigenous', 'Taichung City'),
    index('language', 'Taiwanese', 'Taipei City'),
    index('language', 'Taiwanese', 'Tainan City'),
    index('foreign', 'foreign', 'Taipei City'),
    index('foreign', 'foreign', 'Kaohsiung City'),
    index('genre', 'western pop', 'Taipei City'),
    index('genre', 'hakka', 'Miaoli County'),
  ];
}

function repeatTruth(plans: readonly SongPlan[]): DemoTruths['repeat'] {
  const heavy = plans.find((plan) => plan.song.role === 'repeat-heavy');
  const broad = plans.find((plan) => plan.song.role === 'broad');
  return heavy && broad ? { heavy: heavy.song.id, broad: broad.song.id, plays: expectedPlays(heavy, 0, 60) } : null;
}

function obsessiveTruth(plans: readonly SongPlan[]): DemoTruths['obsessive'] {
  const plan = plans.find((candidate) => candidate.obsessive);
  if (!plan?.obsessive) return null;
  const { accounts, playsPerDay, from, to } = plan.obsessive;
  return { song: plan.song.id, accounts, playsPerDay, from: dateOf(FIRST_DAY + from), to: dateOf(FIRST_DAY + to - 1) };
}

function missedTruth(artists: readonly DemoArtist[], plans: readonly SongPlan[], expected: Expectation): DemoTruths['missedAudience'] {
  const missed = plans.find((plan) => plan.song.role === 'missed-audience');
  if (!missed) return null;
  const earlier = plans.filter(({ song }) => song.artist === missed.song.artist && !song.backCatalogue && song.releaseDay < missed.song.releaseDay);
  const usual = earlier.reduce((sum, plan) => sum + expected.fansReached(plan, 7), 0) / earlier.length;
  return { artist: artists[missed.song.artist]?.id ?? '', song: missed.song.id, usual, reached: expected.fansReached(missed, 7) };
}

function reReleaseTruth(plans: readonly SongPlan[]): DemoTruths['reRelease'] {
  const original = plans.find((plan) => plan.song.role === 're-released');
  const again = plans.find((plan) => plan.song.role === 're-release');
  return original && again ? { original: original.song.id, again: again.song.id } : null;
}
