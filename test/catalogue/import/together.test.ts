import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { loadDaily } from '../../../src/catalogue/import/daily.ts';
import { loadListeners } from '../../../src/catalogue/import/listeners.ts';
import { loadPlays } from '../../../src/catalogue/import/plays.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';
import type { DailyRow, PlayRow } from '../../../src/catalogue/import/rows.ts';
import { ADVISORY } from '../../../src/db/locks.ts';
import { testDatabase } from '../../db/database.ts';

const db = await testDatabase();
afterAll(() => db.close());
const ZONE = { timeZone: 'Asia/Taipei' };

beforeEach(async () => {
  await db.sql`truncate artist, song, listener, play, song_day, ingest_day restart identity cascade`;
  await loadSongs(db, ['s1', 's2'].map((id) => ({ id, title: id, artist: 'A' })));
  await loadListeners(db, [{ id: 'u1' }]);
});

describe('imports that run together', () => {
  it('wait for one another, and none is lost', async () => {
    const plays = (day: number): PlayRow[] => Array.from({ length: 50 }, (_, minute) => ({ listener: 'u1', song: 's1', playedAt: `2026-0${1 + (day % 3)}-${10 + day} 10:${String(minute).padStart(2, '0')}` }));
    const counts = (song: string): DailyRow[] => Array.from({ length: 20 }, (_, day) => ({ song, day: `2026-01-${10 + day}`, plays: day }));
    await Promise.all([
      ...[0, 1, 2, 3].map((day) => loadPlays(db, plays(day), ZONE)),
      ...['s1', 's2'].map((song) => loadDaily(db, counts(song), ZONE)),
      ...['a', 'b', 'c'].map((id) => loadListeners(db, [{ id: 'shared' }, { id }], ZONE)),
      ...['a', 'b'].map((id) => loadSongs(db, [{ id: 'shared', title: 'T', artist: 'New' }, { id, title: id, artist: 'New' }], ZONE)),
    ]);
    const [row] = await db.sql`select (select count(*) from play) as plays, (select sum(plays)::int from song_day where feed = '') as rolled, (select count(*) from song_day where feed = 'main') as counts,
      (select count(*) from ingest_day) as days, (select count(*) from listener) as listeners, (select count(*) from song) as songs, (select count(*) from artist) as artists`;
    expect(row).toEqual({ plays: 200, rolled: 200, counts: 40, days: 24, listeners: 5, songs: 5, artists: 2 });
  });

  it('say that they wait', async () => {
    const other = await db.sql.reserve();
    await other`select pg_advisory_lock(${ADVISORY.importOf.songs})`;
    const phases: string[] = [];
    const summary = await loadSongs(db, [{ id: 'y', title: 'Y', artist: 'A' }], {
      onProgress: ({ phase }) => {
        phases.push(phase);
        if (phase === 'waiting') void other`select pg_advisory_unlock(${ADVISORY.importOf.songs})`.then(() => other.release());
      },
    });
    expect(phases).toEqual(['reading', 'waiting', 'checking']);
    expect(summary.added).toBe(1);
  });
});

describe('an import that is killed while it applies', () => {
  const rows: DailyRow[] = Array.from({ length: 40 }, (_, day) => ['s1', 's2'].map((song) => ({ song, day: new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10), plays: day }))).flat();

  it('leaves whole days behind and no lock, and the next one completes it', async () => {
    const script = fileURLToPath(new URL('../../fixtures/import-until-killed.ts', import.meta.url));
    const child = spawn(process.execPath, [script, db.url], { stdio: ['pipe', 'inherit', 'inherit'] });
    child.stdin.end(JSON.stringify(rows));
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    const days = await db.sql<{ rows: number }[]>`select count(*) as rows from song_day group by day`;
    expect(days.length).toBeGreaterThanOrEqual(10);
    expect(days.length).toBeLessThan(40);
    expect(days.every((day) => day.rows === 2)).toBe(true);
    const summary = await loadDaily(db, rows);
    expect(summary.days.new).toBe(40 - summary.days.unchanged);
    expect(await db.sql`select count(*) as n, sum(plays)::int as plays from song_day`).toEqual([{ n: 80, plays: 2 * ((39 * 40) / 2) }]);
  });
});
