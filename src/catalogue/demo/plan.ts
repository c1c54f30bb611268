import type { DemoArtist } from './artists.ts';
import { DAYS, FIRST_DAY, LAST_DAY, weekdayOf } from './calendar.ts';
import { CHART_DAYS, chartExposure, dailyNoise, lifecycle, WEEKDAYS } from './lifecycle.ts';
import type { Population } from './population.ts';
import { randomFor } from './random.ts';
import type { DemoSong } from './songs.ts';
import type { Genre } from './taste.ts';

/** What is expected of one song; plays are drawn from it day by day. Arrays run over the days of data, 0 being the first. */
export type SongPlan = {
  song: DemoSong;
  /** Expected plays a day by fans, by other listeners who don't live on the chart, and from the chart. */
  fan: Float32Array;
  casual: Float32Array;
  chart: Float32Array;
  /** The part of the fans that plays the song: `fanCount` of them from `fanOffset` on in the artist's list, wrapping round. */
  fanOffset: number;
  fanCount: number;
  /** The fan at place u (0..1) plays in proportion to u ** (1 / concentration - 1): 1 is equal, more is a few who play most. */
  concentration: number;
  /** Whose taste the casual listeners have. `null`: everybody in turn, hardly anyone twice. */
  casualGenre: Genre | null;
  /** True: the artist's fans are not among the casual listeners. */
  missesFans: boolean;
  /** Accounts that play the song all day, on `days` [from, to): numbers into the artist's fans. */
  obsessive: { accounts: number; playsPerDay: number; from: number; to: number } | null;
};

/** Plays a day that a fan gives an artist's back catalogue. */
const BACK_CATALOGUE_RATE = 0.08;
/** Plays from the chart a day, over all listeners. */
const CHART_PLAYS_PER_LISTENER = 0.08;
/** Plays that a listener who isn't a fan gives an average new song of 40 artists in its first 60 days; with more songs, each gets fewer. */
const CASUAL_PLAYS = 0.06;

/** The plan of every song, in the order of `songs`. */
export function demoPlan(seed: number, artists: readonly DemoArtist[], songs: readonly DemoSong[], population: Population): SongPlan[] {
  const backCount = artists.map((_, artist) => songs.filter((song) => song.artist === artist && song.backCatalogue).length);
  const plans = songs.map((song) => planSong(`${seed}/plan/${song.id}`, song, artists, backCount[song.artist] ?? 1, population));
  scaleChart(plans, population.count);
  matchRepeatAndBroad(plans);
  return plans;
}

function planSong(label: string, song: DemoSong, artists: readonly DemoArtist[], backCount: number, population: Population): SongPlan {
  const random = randomFor(label);
  const artist = artists[song.artist] as DemoArtist;
  const fans = population.fans[song.artist]?.length ?? 0;
  const traits = songTraits(song, random.normal());
  const start = Math.max(0, song.releaseDay - FIRST_DAY);
  const age0 = Math.max(0, FIRST_DAY - song.releaseDay);
  const curve = lifecycle(song.shape, Math.max(60, LAST_DAY - song.releaseDay + 1), random);
  const noise = dailyNoise(DAYS, random);
  const fanTotal = fans * traits.fanShare * traits.playsPerFan;
  const casualTotal = population.others.length * CASUAL_PLAYS * (40 / artists.length) * Math.sqrt((artist.fanShare * artists.length) / 3.2) * traits.casual;
  const strength = chartStrength(song, artist, artists.length);
  const plan = emptyPlan(song);
  for (let day = start; day < DAYS; day++) {
    const age = age0 + day - start;
    const factor = (WEEKDAYS[weekdayOf(FIRST_DAY + day)] as number) * (noise[day] as number);
    plan.fan[day] = factor * (song.backCatalogue ? (fans * BACK_CATALOGUE_RATE) / backCount : fanTotal * (curve[age] as number));
    plan.casual[day] = factor * (song.backCatalogue ? casualTotal / 400 : casualTotal * (curve[age] as number));
    plan.chart[day] = factor * strength * chartExposure(age);
  }
  plan.fanCount = Math.max(1, Math.round(fans * (song.backCatalogue ? 1 : traits.fanShare)));
  plan.fanOffset = random.below(Math.max(1, fans));
  plan.concentration = song.backCatalogue ? 1 : traits.concentration;
  plan.casualGenre = song.role === 'broad' ? null : song.role === 'missed-audience' ? 'electronic' : song.genre;
  plan.missesFans = song.role === 'missed-audience';
  if (song.role === 'obsessive') plan.obsessive = { accounts: Math.min(8, fans), playsPerDay: 30, from: start + 5, to: Math.min(DAYS, start + 25) };
  return plan;
}

function emptyPlan(song: DemoSong): SongPlan {
  const days = () => new Float32Array(DAYS);
  return { song, fan: days(), casual: days(), chart: days(), fanOffset: 0, fanCount: 1, concentration: 1, casualGenre: null, missesFans: false, obsessive: null };
}

/** Appeal in words: the first part is how many hear the song, the second how often those play it. */
function songTraits(song: DemoSong, luck: number): { fanShare: number; playsPerFan: number; casual: number; concentration: number } {
  const { listeners, playsPerListener } = song.appeal;
  const usual = {
    fanShare: 0.25 + 0.7 / (1 + Math.exp(-0.5 - 1.1 * listeners)),
    playsPerFan: 3.2 * Math.exp(0.6 * playsPerListener + 0.3 * listeners + 0.15 * luck),
    casual: Math.exp(0.7 * listeners - 0.2),
    concentration: 1.4,
  };
  if (song.role === 'repeat-heavy') return { fanShare: 0.85, playsPerFan: 22, casual: 0.05, concentration: 1.4 };
  if (song.role === 'broad') return { fanShare: 0.5, playsPerFan: 1.3, casual: 5, concentration: 1 };
  if (song.role === 'missed-audience') return { fanShare: 0.12, playsPerFan: 2.5, casual: 5, concentration: 1.4 };
  if (song.role === 'demo-song') return { ...usual, fanShare: 0.8, playsPerFan: 6, casual: 2 };
  if (song.role === 'obsessive') return { ...usual, fanShare: 0.6, playsPerFan: 3 };
  return usual;
}

/** Relative presence on the chart; weak songs of small artists don't get on it. */
function chartStrength(song: DemoSong, artist: DemoArtist, artists: number): number {
  if (song.backCatalogue || song.role === 'repeat-heavy' || song.role === 'broad') return 0;
  const strength = Math.exp(0.8 * song.appeal.listeners) * (artist.fanShare * artists) ** 0.7;
  return strength < 0.9 ? 0 : strength;
}

/** Scales chart plays so that they average `CHART_PLAYS_PER_LISTENER` a day. */
function scaleChart(plans: readonly SongPlan[], listeners: number): void {
  const sum = plans.reduce((total, plan) => total + plan.chart.reduce((days, value) => days + value, 0), 0);
  const scale = (CHART_PLAYS_PER_LISTENER * listeners * DAYS) / sum;
  for (const plan of plans) plan.chart.forEach((value, day) => (plan.chart[day] = value * scale));
}

/** Gives the broad song exactly the expected plays of the repeat-heavy one over their first 60 days. */
function matchRepeatAndBroad(plans: readonly SongPlan[]): void {
  const repeat = plans.find((plan) => plan.song.role === 'repeat-heavy');
  const broad = plans.find((plan) => plan.song.role === 'broad');
  if (!repeat || !broad) return;
  const scale = expectedPlays(repeat, 0, 60) / expectedPlays(broad, 0, 60);
  broad.fan.forEach((value, day) => (broad.fan[day] = value * scale));
  broad.casual.forEach((value, day) => (broad.casual[day] = value * scale));
}

/** Expected plays at ages [from, to) that lie in the data, obsessive accounts included. */
export function expectedPlays(plan: SongPlan, from: number, to: number, parts: readonly ('fan' | 'casual' | 'chart')[] = ['fan', 'casual', 'chart']): number {
  const release = plan.song.releaseDay - FIRST_DAY;
  let sum = 0;
  for (let day = Math.max(0, release + from); day < Math.min(DAYS, release + to); day++) {
    for (const part of parts) sum += plan[part][day] as number;
    const { obsessive } = plan;
    if (obsessive && parts.includes('fan') && day >= obsessive.from && day < obsessive.to) sum += obsessive.accounts * obsessive.playsPerDay;
  }
  return sum;
}

/** Share of a song's expected plays at that age that come from the chart. */
export function expectedChartShare(plan: SongPlan, age: number = CHART_DAYS - 1): number {
  const all = expectedPlays(plan, age, age + 1);
  return all === 0 ? 0 : expectedPlays(plan, age, age + 1, ['chart']) / all;
}
