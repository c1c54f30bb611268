import { REGIONS, type RegionName } from './regions.ts';

export const GENRES = ['mandopop', 'taiwanese', 'indigenous', 'reggae', 'hip-hop', 'rock', 'indie', 'folk', 'electronic', 'k-pop', 'western pop', 'j-pop', 'hakka', 'metal', 'r&b'] as const;
export type Genre = (typeof GENRES)[number];

/** Sung in another country's language: what "foreign" means in the regional truths. */
export const FOREIGN: readonly Genre[] = ['k-pop', 'western pop', 'j-pop'];

/** What a listener grew into: makes fans of one genre likelier fans of its neighbours. Never exported as data. */
export const SCENES = [
  { name: 'mainstream', share: 0.4, love: 3.2, loves: ['mandopop', 'r&b', 'k-pop'] },
  { name: 'bands', share: 0.17, love: 3.2, loves: ['rock', 'indie', 'metal', 'folk'] },
  { name: 'street', share: 0.13, love: 3.2, loves: ['hip-hop', 'r&b', 'electronic'] },
  { name: 'island', share: 0.07, love: 5.5, loves: ['indigenous', 'reggae'] },
  { name: 'homeland', share: 0.13, love: 3.2, loves: ['taiwanese', 'hakka'] },
  { name: 'abroad', share: 0.1, love: 3.2, loves: ['western pop', 'k-pop', 'j-pop'] },
] as const satisfies readonly { name: string; share: number; love: number; loves: readonly Genre[] }[];

/** First birth year of each band, youngest last; listeners are 13 to 75 years old on the data date. */
export const AGE_BANDS = [
  { from: 1951, to: 1970, share: 0.14 },
  { from: 1971, to: 1980, share: 0.2 },
  { from: 1981, to: 1990, share: 0.25 },
  { from: 1991, to: 2000, share: 0.24 },
  { from: 2001, to: 2013, share: 0.17 },
] as const;

/** `null`: the listener didn't say. */
export const GENDERS = [
  { code: 'f', share: 0.51 },
  { code: 'm', share: 0.46 },
  { code: null, share: 0.03 },
] as const;

const BY_AGE: Partial<Record<Genre, readonly number[]>> = {
  taiwanese: [2.4, 1.6, 0.9, 0.5, 0.35],
  hakka: [2.2, 1.5, 0.9, 0.6, 0.4],
  'k-pop': [0.15, 0.4, 0.8, 1.4, 2.4],
  'hip-hop': [0.1, 0.35, 0.9, 1.6, 2.0],
  'j-pop': [0.4, 0.8, 1.2, 1.3, 1.1],
  metal: [0.4, 1.1, 1.5, 1.0, 0.6],
  indie: [0.3, 0.6, 1.1, 1.6, 1.2],
};
const BY_WOMEN: Partial<Record<Genre, number>> = { 'k-pop': 1.5, mandopop: 1.15, metal: 0.5, 'hip-hop': 0.75, rock: 0.85 };

const EAST: readonly RegionName[] = ['Hualien County', 'Taitung County'];
const HAKKA: readonly RegionName[] = ['Hsinchu County', 'Miaoli County', 'Taoyuan City'];
const SOUTH: readonly RegionName[] = ['Tainan City', 'Kaohsiung City', 'Yunlin County', 'Chiayi County', 'Chiayi City', 'Pingtung County', 'Changhua County'];

/** How much likelier a listener there is to play the genre than the same listener elsewhere: the planted regional taste. */
export function regionTaste(genre: Genre, region: number): number {
  const name = (REGIONS[region] as (typeof REGIONS)[number]).name;
  if (genre === 'indigenous') return EAST.includes(name) ? 4.6 : name === 'Pingtung County' ? 1.7 : 1;
  if (genre === 'taiwanese') return name === 'Taipei City' ? 0.95 : SOUTH.includes(name) ? 1.25 : 1;
  if (genre === 'hakka') return HAKKA.includes(name) ? 2.5 : 1;
  if (FOREIGN.includes(genre)) return name === 'Taipei City' ? 1.5 : 0.95;
  return 1;
}

/** Share of a scene in a region: the island scene is three times as common in the east. */
export function sceneShares(region: number): number[] {
  const name = (REGIONS[region] as (typeof REGIONS)[number]).name;
  const weights = SCENES.map((scene) => scene.share * (scene.name === 'island' && EAST.includes(name) ? 3 : 1));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Relative liking of a genre by one cell of the population, before the artist's own popularity. */
export function cellTaste(genre: Genre, cell: { region: number; age: number; gender: number; scene: number }): number {
  const scene = SCENES[cell.scene] as (typeof SCENES)[number];
  const loved = (scene.loves as readonly Genre[]).includes(genre);
  const women = BY_WOMEN[genre] ?? 1;
  const byGender = cell.gender === 0 ? women : cell.gender === 1 ? 2 - women : 1;
  return regionTaste(genre, cell.region) * (BY_AGE[genre]?.[cell.age] ?? 1) * byGender * (loved ? scene.love : 0.55);
}
