import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadDaily } from '../../src/catalogue/import/daily.ts';
import { loadSongs } from '../../src/catalogue/import/songs.ts';
import { lookAtFfmpeg } from '../../src/doctor/examine.ts';
import { lookAtForecastModels } from '../../src/doctor/forecast-models.ts';
import { textFor } from '../../src/text/catalogue.ts';
import { testDatabase } from '../db/database.ts';

const text = textFor('en');
const db = await testDatabase();
afterAll(() => db.close());

const dateOf = (day: number) => new Date(Date.parse('2026-01-01') + day * 86_400_000).toISOString().slice(0, 10);

test('an empty catalogue is told what it lacks for a model of its own', async () => {
  expect(await lookAtForecastModels(db, text)).toEqual(
    ['seen through a chart: default-chart/1', 'with complete counts: default-complete/1'].map((kind) => ({ part: 'forecast', state: 'notice', found: `songs ${kind}, shipped; 0 finished songs`, todo: text.t('doctor.forecast-missing', { missing: 100 }) })),
  );
});

test('the active model is named with the songs it learned from, beside how many have finished', async () => {
  await loadSongs(db, [{ id: 's', title: 'S', artist: 'A', releaseDate: dateOf(1) }]);
  await loadDaily(db, Array.from({ length: 61 }, (_, day) => ({ song: 's', day: dateOf(day), plays: day > 0 ? 9 : 0 })));
  expect(await lookAtForecastModels(db, text)).toMatchObject([
    { state: 'ok', found: expect.stringContaining('0 finished songs') },
    { state: 'notice', found: expect.stringContaining('1 finished song'), todo: text.t('doctor.forecast-missing', { missing: 99 }) },
  ]);
  await db.sql`insert into forecast_model (id, kind, engine, contest, learned_until, made_at, active) values ('catalogue-complete/3', 'complete', '{"fittedOn": 160}', '{}', '2026-01-01', '2026-03-04T12:00Z', true)`;
  const [, own] = await lookAtForecastModels(db, text);
  expect(own).toEqual({ part: 'forecast', state: 'ok', found: 'songs with complete counts: catalogue-complete/3, learned 4 Mar 2026 from 160 songs; 1 finished song' });
});

test('an ffmpeg that is not the packaged one is named', async () => {
  const [finding] = await lookAtFfmpeg({ ffmpegPath: undefined, production: true }, text);
  if (finding?.found.endsWith('(ffmpeg-static)')) expect(finding).toMatchObject({ state: 'ok' });
  else expect(finding).toMatchObject({ state: 'notice', todo: text.t('doctor.ffmpeg-not-packaged', { source: 'PATH' }) });
});

test('an ffmpeg that was asked for by FFMPEG_PATH is what was asked for', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'encore-doctor-'));
  const path = join(dir, 'ffmpeg');
  await writeFile(path, '#!/bin/sh\necho "ffmpeg version 9.9"\n');
  await chmod(path, 0o755);
  expect(await lookAtFfmpeg({ ffmpegPath: path, production: true }, text)).toEqual([{ part: 'ffmpeg', state: 'ok', found: `9.9, ${path} (FFMPEG_PATH)` }]);
  await rm(dir, { recursive: true });
});
