import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadListeners } from '../../src/catalogue/import/listeners.ts';
import { loadPlays } from '../../src/catalogue/import/plays.ts';
import { loadSongs } from '../../src/catalogue/import/songs.ts';
import { readConfig } from '../../src/config.ts';
import type { Database } from '../../src/db/client.ts';
import { linkDemo } from '../../src/db/queries/demo-link.ts';
import { compared, demoOutcomes } from '../../src/score/outcome.ts';
import { testDatabase } from '../db/database.ts';

const ranges = { listeners: { low: 50, high: 200 }, playsPerListener: { low: 1.2, high: 1.8 } };
const demo = { listeners: 100, playsPerListener: 1.5, ranges };
const came = (listeners: number, plays: number, listenerDays = 30) => ({ songId: 1, releaseDate: '2026-09-01', days: 30, listenerDays, listeners, plays });

test.each([
  ['inside', came(120, 180), 'inside', 'inside'],
  ['too high and too seldom', came(300, 330), 'above', 'below'],
  ['on the edges', came(50, 60), 'inside', 'inside'],
  ['while the 30 days run', came(120, 180, 29), 'early', 'early'],
  ['of too few listeners', came(9, 12), 'unknown', 'unknown'],
  ['without single plays', came(0, 0, 0), 'unknown', 'unknown'],
])('an outcome %s is judged so', (_what, outcome, listeners, repeat) => {
  const judged = compared(demo, outcome, 10);
  expect([judged.listeners.verdict, judged.playsPerListener.verdict]).toEqual([listeners, repeat]);
  expect(judged.listeners.actual).toBe(listeners === 'unknown' ? null : outcome.listeners);
});

test('a score of before intervals were kept is compared without a verdict', () => {
  expect(compared({ ...demo, ranges: null }, came(120, 180), 10).listeners).toEqual({ predicted: 100, range: null, actual: 120, verdict: 'unknown' });
});

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
  const load = { timeZone: 'UTC' };
  await loadSongs(db, [{ id: 's1', title: 'Tide', artist: 'LUMI', releaseDate: '2026-09-01' }], load);
  await loadListeners(db, Array.from({ length: 12 }, (_, at) => ({ id: `l${at}` })));
  const play = (listener: number, day: string) => ({ listener: `l${listener}`, song: 's1', playedAt: `${day}T12:00:00Z`, seconds: 60 });
  const within = Array.from({ length: 12 }, (_, at) => [play(at, '2026-09-01'), play(at, '2026-09-30')]).flat();
  await loadPlays(db, [...within, play(0, '2026-08-31'), ...Array.from({ length: 5 }, (_, at) => play(at, '2026-10-01'))], load);
});
afterAll(async () => await db.close());

test('plays and listeners of days 0 to 29 are counted, those before and after are not; only the workspace’s own demos are told', async () => {
  const config = readConfig({ DATABASE_URL: db.url });
  const ids: string[] = [];
  for (const team of ['T1', 'T2']) {
    await db.sql`insert into workspace (id) values (${team})`;
    const [{ id }] = await db.sql<{ id: string }[]>`insert into demo (workspace_id, shared_by, content_hash, title, seconds) values (${team}, 'U1', 'h', 'Take 3', 100) returning id`;
    await db.sql`insert into score (demo_id, model, percentile, listeners, plays_per_listener, hook_start, hook_end, answer) values (${id}, 'm/1', 40, 100, 1.5, 0, 30, ${db.sql.json(ranges)})`;
    ids.push(id);
    const [{ song }] = await db.sql<{ song: number }[]>`select id as song from song`;
    expect(await linkDemo(db.sql, { workspaceId: team, userId: 'U1', channel: '' }, { demoId: id, songId: song })).toBe(true);
    expect(await linkDemo(db.sql, { workspaceId: 'T9', userId: 'U1', channel: '' }, { demoId: id, songId: null })).toBe(false);
  }
  const [outcome, ...others] = await demoOutcomes({ db, config }, 'T1');
  expect(others).toEqual([]);
  expect(outcome).toMatchObject({ demo: { id: ids[0] }, song: { title: 'Tide', artist: 'LUMI' }, releaseDate: '2026-09-01', days: 2 });
  expect(outcome?.listeners).toEqual({ predicted: 100, range: { low: 50, high: 200 }, actual: 12, verdict: 'early' });
  expect(outcome?.playsPerListener.actual).toBe(2);
  expect(await demoOutcomes({ db, config }, 'T1', [ids[1] ?? ''])).toEqual([]);
});
