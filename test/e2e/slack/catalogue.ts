import type { Database } from '../../../src/db/client.ts';
import { loadDaily } from '../../../src/catalogue/import/daily.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';

const DATA_DATE = '2026-10-31';
const LOAD = { timeZone: 'Asia/Taipei' };

const dayBefore = (days: number): string => new Date(Date.parse(DATA_DATE) - days * 86_400_000).toISOString().slice(0, 10);

/** Songs by title and age in days at the data date; each decays from its own level. */
const YOUNG: [string, string, number][] = [
  ['new-10', '海邊的錄音機', 10],
  ['new-40', 'Harbour Lights', 40],
  ['new-1', '昨天的雨', 1],
  ['twin-a', 'Same Name', 20],
  ['twin-b', 'Same Name', 25],
];

/** Forty finished songs and a few young ones, with complete daily counts up to the data date. */
export async function loadSmallCatalogue(db: Database): Promise<void> {
  const finished = Array.from({ length: 40 }, (_, index): [string, string, number] => [`old-${index}`, `Finished ${index}`, 70 + index]);
  const songs = [...finished, ...YOUNG];
  await loadSongs(db, songs.map(([id, title, age], index) => ({ id, title, artist: `Artist ${index % 7}`, releaseDate: dayBefore(age - 1) })), LOAD);
  await loadDaily(db, songs.flatMap(([id, , age], index) => Array.from({ length: Math.min(age, 60) }, (_, day) => ({ song: id, day: dayBefore(age - 1 - day), plays: playsOf(index, day) }))), LOAD);
}

/** Decay with a weekly wave, different for every song, without chance. */
const playsOf = (song: number, day: number): number => Math.round((200 + song * 37) * (day + 1) ** (-0.4 - (song % 5) / 20) * (1 + 0.1 * Math.sin((day + song) * 0.9)));
