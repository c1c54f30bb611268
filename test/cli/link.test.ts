import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Database } from '../../src/db/client.ts';
import { testDatabase } from '../db/database.ts';
import { loadSmallCatalogue } from '../e2e/slack/catalogue.ts';

vi.setConfig({ testTimeout: 60_000 });
let db: Database;
let dir: string;
let id: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-cli-'));
  db = await testDatabase();
  await loadSmallCatalogue(db);
  for (const [team, title] of [['T1', 'Seaside Take 3'], ['T1', 'Twice'], ['T2', 'twice']] as const) {
    await db.sql`insert into workspace (id) values (${team}) on conflict do nothing`;
    const [row] = await db.sql<{ id: string }[]>`insert into demo (workspace_id, content_hash, title, seconds) values (${team}, 'h', ${title}, 100) returning id`;
    await db.sql`insert into score (demo_id, model, percentile, listeners, plays_per_listener, hook_start, hook_end) values (${row.id}, 'm/1', 40, 900, 1.5, 0, 30)`;
    if (title === 'Seaside Take 3') id = row.id;
  }
}, 60_000);
afterAll(async () => {
  await db.close();
  await rm(dir, { recursive: true });
});

async function link(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: db.url, ENCORE_DATA_DIR: dir, LOCALE: 'en' };
  return await new Promise<{ status: number; out: string; err: string }>((resolve) => {
    const child = execFile(process.execPath, ['src/cli.ts', 'link', ...args], { env }, (_error, out, err) => resolve({ status: child.exitCode ?? -1, out, err }));
  });
}

test('a demo is tied to its song by titles or ids, compared with what came, and untied again', async () => {
  expect((await link('seaside take 3')).out).toBe('Seaside Take 3 is linked to no song.\n');
  const { status, out } = await link('seaside take 3', '海邊的錄音機');
  expect(status).toBe(0);
  for (const part of ['Seaside Take 3 is linked to 海邊的錄音機', '10 of 30 days known', 'Listeners: predicted 900']) expect(out).toContain(part);
  const document: unknown = JSON.parse((await link(id, 'new-40', '--json')).out);
  expect(document).toMatchObject({ demo: { id, title: 'Seaside Take 3' }, song: { id: 'new-40', title: 'Harbour Lights' }, outcome: { days: 30, of: 30, listeners: { predicted: 900, actual: null, verdict: 'unknown' } } });
  expect(JSON.parse((await link(id, '--unlink', '--json')).out)).toMatchObject({ song: null, outcome: null });
});

test('an unknown demo, one that may be several, and an unknown song are told in words', async () => {
  const unknown = await link('no such demo', 'new-40');
  expect([unknown.status, unknown.err.includes('No demo is called')]).toEqual([2, true]);
  const unclear = await link('TWICE', 'new-40');
  expect(unclear.status).toBe(2);
  for (const part of ['Several demos', 'T1', 'T2']) expect(unclear.err).toContain(part);
  expect((await link(id, 'Same Name')).err).toContain('twin-b');
  expect(await db.sql`select from demo where song_id is not null`).toHaveLength(0);
});
