import { link, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoSong } from '../../src/catalogue/demo/audio.ts';
import { wavFile } from '../../src/catalogue/demo/audio-wav.ts';
import { loadListeners } from '../../src/catalogue/import/listeners.ts';
import { loadPlays } from '../../src/catalogue/import/plays.ts';
import { loadSongs } from '../../src/catalogue/import/songs.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { DEMO_CARD } from '../../src/score/card.ts';
import { activeScoreModel, knownScoreModels, useScoreModel } from '../../src/score/own-model.ts';
import { loadReferenceSongs } from '../../src/score/reference-songs.ts';
import { predictScore } from '../../src/score/session.ts';
import { refuseTooFew, trainScoreModel } from '../../src/score/train-own.ts';
import { createWorkPool } from '../../src/work/pool.ts';
import { testDatabase } from '../db/database.ts';
import { pythonWith } from '../models/train/python.ts';

const python = pythonWith('torch', 'numpy');
const ARTISTS = 16;
const SONGS_EACH = 4;
const DAYS = 330;

const db = await testDatabase();
const work = createWorkPool(2);
let dir: string;
let audio: string;
const services = () => ({ db, work, log: createLog('silent'), config: readConfig({ ENCORE_DATA_DIR: join(dir, 'data'), ...(python?.startsWith('/') && { PYTHON: python }) }) });

const day = (number: number) => new Date(Date.UTC(2025, 11, 1 + number)).toISOString().slice(0, 10);
const songs = Array.from({ length: ARTISTS * SONGS_EACH }, (_, at) => ({ id: `S${100 + at}`, title: `Song ${at}`, artist: `Artist ${at % ARTISTS}`, releaseDate: day(Math.floor((at / (ARTISTS * SONGS_EACH)) * (DAYS - 30))) }));

/** Every artist's songs sound the same here: what is tested is the way from files to a model, not what it learns. */
async function writeAudio(): Promise<void> {
  await mkdir(join(audio, 'more'), { recursive: true });
  for (let artist = 0; artist < ARTISTS; artist++) await writeFile(join(dir, `${artist}.wav`), wavFile(demoSong({ seed: artist }).pcm.slice(0, 20 * 22_050), 22_050));
  for (const [at, { id, artist, title }] of songs.entries()) await link(join(dir, `${at % ARTISTS}.wav`), at % 2 === 0 ? join(audio, `${id}.wav`) : join(audio, 'more', `${artist} - ${title}.wav`));
  await writeFile(join(audio, 'of nobody.wav'), wavFile(new Float32Array(22_050), 22_050));
  await writeFile(join(audio, 'notes.txt'), 'no audio');
}

async function loadCatalogue(): Promise<void> {
  await loadSongs(db, songs);
  await loadListeners(db, Array.from({ length: 30 }, (_, listener) => ({ id: `u${listener}` })));
  const plays = songs.flatMap(({ id, releaseDate }, at) => Array.from({ length: 5 + ((at * 7) % 20) }, (_, play) => ({ listener: `u${play}`, song: id, playedAt: `${releaseDate}T10:00` })));
  const everyDay = Array.from({ length: DAYS }, (_, number) => ({ listener: 'u0', song: 'S100', playedAt: `${day(number)}T12:00` }));
  await loadPlays(db, [...plays, ...everyDay], { timeZone: 'Asia/Taipei' });
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-train-own-'));
  audio = join(dir, 'audio');
  await writeAudio();
  await loadCatalogue();
}, 120_000);
afterAll(async () => {
  await work.close();
  await db.close();
  await rm(dir, { recursive: true });
});

test('too few songs, artists or finished songs are refused with what there is and what it takes', () => {
  const many = (count: number, artists: number, days: number) => Array.from({ length: count }, (_, at) => ({ artistId: `a${at % artists}`, releaseDate: day(Math.floor((at / count) * days)) }));
  expect(() => refuseTooFew(many(60, 12, 300))).not.toThrow();
  expect(() => refuseTooFew(many(59, 12, 300))).toThrow(expect.objectContaining({ code: 'too-few-songs-to-learn' }));
  expect(() => refuseTooFew(many(60, 11, 300))).toThrow(expect.objectContaining({ context: expect.objectContaining({ artists: 11, neededArtists: 12 }) }));
  expect(() => refuseTooFew(many(60, 12, 40))).toThrow(expect.objectContaining({ context: expect.objectContaining({ earlier: 5 }) }));
});

describe.skipIf(!python)('a catalogue’s own score model (needs a Python with torch)', () => {
  test('is learned from files and plays, kept with what it is worth, and does not score unless it beats every baseline', { timeout: 580_000 }, async () => {
    const stages = new Map<string, number>();
    const trained = await trainScoreModel(services(), { audio, epochs: 1, onProgress: (stage, done) => stages.set(stage, done) });
    expect(Object.fromEntries(stages)).toEqual({ matching: 1, listening: 1, learning: 1 });
    expect(trained.unmatched.map((path) => path.slice(audio.length + 1))).toEqual(['of nobody.wav']);
    expect(trained.report).toEqual({ files: songs.length + 1, unmatched: 1, unheard: 0, activated: false });
    const { card } = trained;
    expect(card).toMatchObject({ demonstration: false, training: { songs: songs.length, artists: ARTISTS }, reference: { dataDate: day(DAYS - 1) } });
    expect(Object.values(card.metrics.beats).every(Boolean)).toBe(false);
    expect(await activeScoreModel(services())).toEqual({ cardPath: DEMO_CARD, why: 'not-better' });
    expect((await knownScoreModels(services())).map(({ id, active }) => ({ id, active }))).toEqual([{ id: 'demo', active: true }, { id: card.id, active: false }]);

    await useScoreModel(services(), card.id);
    const { cardPath } = await activeScoreModel(services());
    const names = new Set(songs.map(({ title }) => title));
    for (const reference of await loadReferenceSongs(cardPath)) expect(names).toContain(reference.title);
    const { logMel, frames } = await work.run('analyseAudio', { path: join(audio, 'S100.wav'), ffmpeg: 'ffmpeg', maxBytes: 1e8 });
    expect((await predictScore({ logMel, frames, card: cardPath })).listeners).toBeGreaterThan(0);
    expect((await readdir(join(dir, 'data/models'))).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('that is no longer wanted leaves nothing behind', { timeout: 120_000 }, async () => {
    const stopped = new AbortController();
    const training = trainScoreModel(services(), { audio, signal: stopped.signal, onProgress: (stage) => stage === 'listening' && stopped.abort(new Error('no longer wanted')) });
    await expect(training).rejects.toThrow('no longer wanted');
    expect((await readdir(join(dir, 'data/models'))).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('needs a folder with files that match songs', async () => {
    await expect(trainScoreModel(services(), { audio: join(dir, 'absent') })).rejects.toMatchObject({ code: 'audio-folder-missing' });
    await mkdir(join(dir, 'empty'));
    await expect(trainScoreModel(services(), { audio: join(dir, 'empty') })).rejects.toMatchObject({ code: 'no-audio-matched', context: { files: 0 } });
  });
});
