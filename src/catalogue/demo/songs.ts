import type { DemoArtist } from './artists.ts';
import { DAYS, FIRST_DAY, LAST_DAY, weekdayOf } from './calendar.ts';
import type { Shape } from './lifecycle.ts';
import { titleSource, type Role } from './names.ts';
import { randomFor, type Random } from './random.ts';
import { FOREIGN, type Genre } from './taste.ts';

/** A song that a truth is about. */
export type SongRole = 'missed-audience' | 'repeat-heavy' | 'broad' | 'obsessive' | 'demo-song' | 're-release' | 're-released';

export type DemoSong = {
  index: number;
  id: string;
  title: string;
  artist: number;
  /** Day number; before the first day of data for an artist's back catalogue. */
  releaseDay: number;
  genre: Genre;
  language: string;
  isrc: string;
  shape: Shape;
  /** Released before the data begins: plays at a constant rate. */
  backCatalogue: boolean;
  /** Two independent standard normal values; the song's rendered audio carries both. */
  appeal: { listeners: number; playsPerListener: number };
  seconds: number;
  role: SongRole | undefined;
};

/** Days known on the data date of the latest song of the artists 0, 1, 2, ...: every origin, its neighbours, and songs too young. */
const LATEST_KNOWN = [21, 90, 14, 3, 45, 10, 7, 1, 3, 5, 7, 14, 30, 30, 31, 3, 29, 60, 2, 61];
const MIDDLE_KNOWN: Partial<Record<Role, { known: number; role: SongRole }>> = {
  'repeat-heavy': { known: 130, role: 'repeat-heavy' },
  broad: { known: 130, role: 'broad' },
  obsessive: { known: 80, role: 'obsessive' },
};
const LATEST_ROLE: Partial<Record<Role, SongRole>> = { 'missed-audience': 'missed-audience', 'demo-song': 'demo-song' };
/** One title to look for, and two that are one character away from it, by other artists. */
const GIVEN_TITLES: Record<string, string> = { '6/latest': '海邊的錄音機', '12/first': '海邊的錄影機', '16/first': '河邊的錄音機' };

/** About 7.5 songs an artist, in order of artist and release. */
export function demoSongs(seed: number, artists: readonly DemoArtist[]): DemoSong[] {
  const random = randomFor(`${seed}/songs`);
  const title = titleSource(randomFor(`${seed}/titles`));
  const songs: DemoSong[] = [];
  const digits = Math.max(4, String(artists.length * 10).length);
  artists.forEach((artist, number) => {
    const releases = releaseDays(artist, number, random);
    releases.forEach(({ day, role, slot }) => {
      const index = songs.length;
      const original = role === 're-release' ? songs.find((song) => song.role === 're-released') : undefined;
      songs.push({
        index,
        id: `S${String(index + 1).padStart(digits, '0')}`,
        title: original?.title ?? GIVEN_TITLES[`${number}/${slot}`] ?? title(titleKind(artist.genre, random)),
        artist: number,
        releaseDay: day,
        genre: artist.genre,
        language: language(artist.genre, random),
        isrc: original?.isrc ?? `TWENC${String(2000 + (index % 27)).slice(2)}${String(index + 1).padStart(5, '0')}`,
        shape: day < FIRST_DAY ? 'evergreen' : shapeOf(artist.genre, role, random),
        backCatalogue: day < FIRST_DAY,
        appeal: { listeners: random.normal(), playsPerListener: random.normal() },
        seconds: 150 + random.below(110),
        role,
      });
    });
  });
  return songs;
}

type Release = { day: number; role: SongRole | undefined; slot: 'back' | 'first' | 'middle' | 'latest' | 'other' };

function releaseDays(artist: DemoArtist, number: number, random: Random): Release[] {
  const star = artist.role === 'star';
  const back: Release[] = Array.from({ length: 1 + (star ? 1 : 0) }, (_, index) => ({
    day: FIRST_DAY - 70 - random.below(900),
    role: star && index === 0 ? ('re-released' as const) : undefined,
    slot: 'back' as const,
  }));
  const count = 5 + random.below(4);
  const gap = DAYS / count;
  const days = Array.from({ length: count }, (_, index) => friday(Math.floor(FIRST_DAY + gap * index + random.uniform() * gap * 0.8), random));
  const releases: Release[] = days.map((day) => ({ day, role: undefined, slot: 'other' }));
  const place = (release: Release | undefined, values: Partial<Release>) => release && Object.assign(release, values);
  place(releases[0], { slot: 'first' });
  const known = LATEST_KNOWN[number];
  if (known !== undefined) place(releases.at(-1), { day: LAST_DAY - known + 1, slot: 'latest', role: artist.role && LATEST_ROLE[artist.role] });
  const middle = artist.role && MIDDLE_KNOWN[artist.role];
  if (middle) place(releases[Math.min(count - 2, Math.floor((DAYS - middle.known) / gap))], { day: LAST_DAY - middle.known + 1, slot: 'middle', role: middle.role });
  if (star) place(releases[2], { role: 're-release' });
  return [...back, ...releases].sort((a, b) => a.day - b.day);
}

/** Most songs come out on a Friday. */
function friday(day: number, random: Random): number {
  const moved = random.uniform() < 0.6 ? day - weekdayOf(day) + 4 : day;
  return Math.min(LAST_DAY, Math.max(FIRST_DAY, moved));
}

function titleKind(genre: Genre, random: Random): 'zh' | 'en' {
  if (FOREIGN.includes(genre)) return 'en';
  return random.uniform() < (genre === 'hip-hop' || genre === 'electronic' || genre === 'indie' ? 0.35 : 0.12) ? 'en' : 'zh';
}

function language(genre: Genre, random: Random): string {
  const own: Partial<Record<Genre, string>> = { taiwanese: 'Taiwanese', indigenous: 'Indigenous', hakka: 'Hakka', 'k-pop': 'Korean', 'j-pop': 'Japanese', 'western pop': 'English' };
  const mixed = random.uniform();
  if (genre === 'rock' || genre === 'indie' || genre === 'hip-hop') return mixed < 0.06 ? 'Taiwanese' : mixed < 0.12 ? 'English' : 'Mandarin';
  return own[genre] ?? 'Mandarin';
}

function shapeOf(genre: Genre, role: SongRole | undefined, random: Random): Shape {
  const drawn = random.uniform();
  if (role === 'repeat-heavy') return 'front-loaded';
  if (role !== undefined) return 'steady';
  if (genre === 'k-pop' && drawn < 0.7) return 'front-loaded';
  return drawn < 0.45 ? 'steady' : drawn < 0.66 ? 'front-loaded' : drawn < 0.79 ? 'slow-burner' : drawn < 0.87 ? 'late-viral' : 'evergreen';
}
