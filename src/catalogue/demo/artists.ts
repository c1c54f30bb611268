import { ARTIST_NAMES, furtherArtistName, type Role } from './names.ts';
import { randomFor } from './random.ts';
import { GENRES, type Genre } from './taste.ts';

export type DemoArtist = {
  id: string;
  name: string;
  genre: Genre;
  role: Role | undefined;
  /** Share of the listeners that don't only play the chart who are fans, before the cap of 0.9 per cell and before planted links. */
  fanShare: number;
};

/** How many artists such a listener is a fan of, on average. */
const FANDOMS_PER_LISTENER = 3.2;

/** 40 artists at size 1, never fewer than 20, and ten times as many when size is a hundred times as large. */
export function demoArtists(seed: number, size: number): DemoArtist[] {
  const count = Math.max(20, Math.round(40 * Math.sqrt(size)));
  const random = randomFor(`${seed}/artists`);
  const artists = Array.from({ length: count }, (_, index) => {
    const named = ARTIST_NAMES[index];
    if (named) return { ...named, role: named.role };
    const genre = random.pick(GENRES);
    return { name: furtherArtistName(index - ARTIST_NAMES.length), genre, size: 3.5 * Math.exp(0.7 * random.normal()), role: undefined };
  });
  const sum = artists.reduce((total, artist) => total + artist.size, 0);
  const digits = Math.max(3, String(count).length);
  return artists.map((artist, index) => ({
    id: `A${String(index + 1).padStart(digits, '0')}`,
    name: artist.name,
    genre: artist.genre,
    role: artist.role,
    fanShare: (FANDOMS_PER_LISTENER * artist.size) / sum,
  }));
}
