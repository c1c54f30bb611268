import { afterAll, describe, expect, it } from 'vitest';
import { loadDaily } from '../../../src/catalogue/import/daily.ts';
import { loadListeners } from '../../../src/catalogue/import/listeners.ts';
import { loadPlays } from '../../../src/catalogue/import/plays.ts';
import type { DailyRow, PlayRow } from '../../../src/catalogue/import/rows.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';
import { SOURCES } from '../../../src/db/schema/sources.ts';
import type { Database } from '../../../src/db/client.ts';
import { testDatabase } from '../../db/database.ts';

const SONGS = Array.from({ length: 6 }, (_, index) => `s${index}`);
const LISTENERS = Array.from({ length: 5 }, (_, index) => `u${index}`);
const DAYS = ['2026-01-30', '2026-01-31', '2026-02-01', '2026-02-02'];
const FEEDS = ['main', 'partner'];
const ZONE = { timeZone: 'Asia/Taipei' };

type Dice = (sides: number) => number;

/** mulberry32: whole numbers 0..sides-1, the same for the same seed. */
function dice(seed: number): Dice {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides);
  };
}

const pick = <Item>(roll: Dice, items: readonly Item[]): Item => items[roll(items.length)] as Item;
function shuffled<Item>(roll: Dice, items: readonly Item[]): Item[] {
  const copy = [...items];
  for (let at = copy.length - 1; at > 0; at--) {
    const other = roll(at + 1);
    [copy[at], copy[other]] = [copy[other] as Item, copy[at] as Item];
  }
  return copy;
}

async function catalogue(): Promise<Database> {
  const db = await testDatabase();
  await loadSongs(db, SONGS.map((id) => ({ id, title: id, artist: 'A' })));
  await loadListeners(db, LISTENERS.map((id) => ({ id })));
  return db;
}

const state = async ({ sql }: Database) => ({
  plays: await sql`select listener_id, song_id, day, played_at, source, seconds, feed from play order by 1, 2, 3, 4, 5, 6, 7`,
  counts: await sql`select song_id, day, source, feed, plays, floor from song_day order by 1, 2, 3, 4`,
  days: await sql`select kind, feed, day, rows, digest from ingest_day order by 1, 2, 3`,
});

const playsOf = (roll: Dice, day: string): PlayRow[] =>
  Array.from({ length: 1 + roll(6) }, () => ({ listener: pick(roll, LISTENERS), song: pick(roll, SONGS), playedAt: `${day}T${String(roll(24)).padStart(2, '0')}:00:00+08:00`, source: pick(roll, SOURCES), seconds: pick(roll, [undefined, 10, 30, 200]) }));

const countsOf = (roll: Dice, song: string, day: string): DailyRow[] =>
  shuffled(roll, SOURCES).slice(0, 1 + roll(2)).map((source) => (roll(4) === 0 ? { song, day, source, plays: null, floor: roll(50) } : { song, day, source, plays: roll(100), floor: pick(roll, [null, roll(9)]) }));

const dbs = await Promise.all([catalogue(), catalogue()]);
const [messy, clean] = dbs;
afterAll(() => Promise.all(dbs.map((db) => db.close())));

const seeds = Array.from({ length: 5 }, (_, index) => index + 1);

describe('whatever the order of new, repeated and corrected deliveries, the catalogue is that of one clean load', () => {
  it.each(seeds)('of plays, seed %i', async (seed) => {
    for (const { sql } of dbs) await sql`truncate play, song_day, ingest_day`;
    const roll = dice(seed);
    const last = new Map(FEEDS.map((feed) => [feed, new Map<string, PlayRow[]>()]));
    for (let delivery = 0; delivery < 8; delivery++) {
      const [feed, days] = [pick(roll, FEEDS), shuffled(roll, DAYS).slice(0, 1 + roll(3))];
      const known = last.get(feed);
      const rows = days.flatMap((day) => {
        const version = roll(3) === 0 ? undefined : known?.get(day);
        const plays = version ?? playsOf(roll, day);
        if (plays.some(({ seconds }) => seconds !== 10)) known?.set(day, plays); // a day of which nothing counts is no delivery
        return plays;
      });
      await loadPlays(messy, shuffled(roll, rows), { ...ZONE, feed, wholeDays: true });
    }
    for (const feed of shuffled(roll, FEEDS)) await loadPlays(clean, shuffled(roll, [...(last.get(feed)?.values() ?? [])].flat()), { ...ZONE, feed });
    expect(await state(messy)).toEqual(await state(clean));
  });

  it.each(seeds)('of daily counts, seed %i', async (seed) => {
    for (const { sql } of dbs) await sql`truncate play, song_day, ingest_day`;
    const roll = dice(seed + 1000);
    const last = new Map(FEEDS.map((feed) => [feed, new Map<string, DailyRow[]>()]));
    for (let delivery = 0; delivery < 8; delivery++) {
      const feed = pick(roll, FEEDS);
      const songs = SONGS.filter((_, index) => index % FEEDS.length === FEEDS.indexOf(feed)); // what two feeds count is rejected
      const known = last.get(feed);
      const rows = shuffled(roll, DAYS).slice(0, 1 + roll(3)).flatMap((day) =>
        shuffled(roll, songs).slice(0, 1 + roll(3)).flatMap((song) => {
          const version = (roll(3) === 0 ? undefined : known?.get(`${song} ${day}`)) ?? countsOf(roll, song, day);
          known?.set(`${song} ${day}`, version);
          return version;
        }));
      await loadDaily(messy, shuffled(roll, [...rows, ...rows.slice(0, 2)]), { ...ZONE, feed });
    }
    for (const feed of shuffled(roll, FEEDS)) await loadDaily(clean, shuffled(roll, [...(last.get(feed)?.values() ?? [])].flat()), { ...ZONE, feed });
    expect(await state(messy)).toEqual(await state(clean));
  });
});
