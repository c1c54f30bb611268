import { spawnSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { HOOK_SAMPLES } from '../../src/audio/analyse.ts';
import { hookOf } from '../../src/audio/hook/find-hook.ts';
import { logMel } from '../../src/audio/mel.ts';
import { demoSong, type DemoSongAudio } from '../../src/catalogue/demo/audio.ts';
import { wavFile } from '../../src/catalogue/demo/audio-wav.ts';
import { loadScoreCard } from '../../src/score/card.ts';
import { loadReferenceSongs } from '../../src/score/reference-songs.ts';
import { predictScore } from '../../src/score/session.ts';
import { correlation, ranks, spread } from './ranks.ts';

type Heard = { song: DemoSongAudio; start: number; listeners: number; playsPerListener: number };
const HEADS = ['listeners', 'playsPerListener'] as const;

/** Logarithms of what the shipped weights say of 30 s from that sample on. */
async function hear(pcm: Float32Array, start: number, gain = 1) {
  const clip = pcm.slice(Math.max(0, Math.min(start, pcm.length - HOOK_SAMPLES)), pcm.length).slice(0, HOOK_SAMPLES);
  const mel = logMel(clip.map((value) => value * gain));
  const { listeners, playsPerListener } = await predictScore({ logMel: mel, frames: mel.length / 128 });
  return { listeners: Math.log(listeners), playsPerListener: Math.log(playsPerListener) };
}

const FFMPEG = 'ffmpeg';
const encodesMp3 = spawnSync(FFMPEG, ['-hide_banner', '-encoders'], { encoding: 'utf8' }).stdout?.includes('libmp3lame');

function ffmpegOn(input: Uint8Array, output: string[]): Buffer<ArrayBuffer> {
  const { status, stdout } = spawnSync(FFMPEG, ['-hide_banner', '-loglevel', 'error', '-i', 'pipe:0', ...output, 'pipe:1'], { input, maxBuffer: 1e8 });
  expect(status).toBe(0);
  return Buffer.from(stdout);
}

const songs: Heard[] = [];
beforeAll(async () => {
  for (let seed = 0; seed < 60; seed++) {
    const song = demoSong({ seed: `fresh ${seed}`, artist: `never heard ${Math.floor(seed / 3)}` });
    const start = Math.round(hookOf(song.pcm).span.start * song.sampleRate);
    songs.push({ song, start, ...(await hear(song.pcm, start)) });
  }
}, 180_000);

test.each(HEADS)('on freshly rendered songs of unseen artists, %s are ranked as planted', (head) => {
  const planted = songs.map(({ song }) => song.appeal[head]);
  expect(correlation(ranks(songs.map((heard) => heard[head])), ranks(planted))).toBeGreaterThan(0.8);
});

test.each(HEADS)('%s follow neither loudness nor the other appeal', (head) => {
  const other = head === 'listeners' ? 'playsPerListener' : 'listeners';
  const loudness = songs.map(({ song }) => Math.log(song.pcm.reduce((sum, value) => sum + value * value, 0) / song.pcm.length));
  const said = ranks(songs.map((heard) => heard[head]));
  expect(Math.abs(correlation(said, ranks(loudness)))).toBeLessThan(0.4);
  expect(Math.abs(correlation(said, ranks(songs.map(({ song }) => song.appeal[other]))))).toBeLessThan(0.4);
});

test('hearing a quarter of a second earlier or later, or 6 dB louder or softer, hardly changes what is said', async () => {
  const some = songs.filter((_, index) => index % 5 === 0);
  for (const head of HEADS) {
    const between = spread(songs.map((heard) => heard[head]));
    const changes = { shift: [] as number[], gain: [] as number[] };
    for (const { song, start, [head]: said } of some) {
      for (const shift of [-0.25, 0.25]) changes.shift.push((await hear(song.pcm, start + Math.round(shift * song.sampleRate)))[head] - said);
      for (const gain of [0.5, 2]) changes.gain.push((await hear(song.pcm, start, gain))[head] - said);
    }
    expect(spread(changes.shift) / between, `${head}, shifted`).toBeLessThan(0.15);
    expect(Math.max(...changes.gain.map(Math.abs)) / between, `${head}, gain`).toBeLessThan(0.1);
  }
}, 120_000);

test.skipIf(!encodesMp3)('mp3 at 128 kbit/s is heard like the WAV it was made of (needs an ffmpeg with an mp3 encoder)', { timeout: 120_000 }, async () => {
  for (const head of HEADS) {
    const between = spread(songs.map((heard) => heard[head]));
    const changes: number[] = [];
    for (const { song, start, [head]: said } of songs.filter((_, index) => index % 12 === 0)) {
      const mp3 = ffmpegOn(wavFile(song.pcm.slice(start, start + HOOK_SAMPLES), song.sampleRate), ['-f', 'mp3', '-b:a', '128k']);
      const pcm = ffmpegOn(mp3, ['-f', 'f32le', '-ac', '1', '-ar', String(song.sampleRate)]);
      changes.push((await hear(new Float32Array(pcm.buffer, pcm.byteOffset, pcm.length >> 2), 0))[head] - said);
    }
    expect(Math.max(...changes.map(Math.abs)) / between, head).toBeLessThan(0.1);
  }
});

test('the card tells of artists unseen in training and of later releases: rank, baselines, controls, how often its intervals and pairs held, and limits', async () => {
  const { metrics, training, limits, interval, pairs, reference } = await loadScoreCard();
  expect(metrics.beats).toEqual({ artistMean: true, releaseYear: true, loudness: true, shuffledLabels: true });
  for (const judged of [metrics.unseenArtists, metrics.laterReleases]) {
    expect(judged.artists).toBeGreaterThan(15);
    for (const head of HEADS) {
      expect(judged[head].model.planted?.value).toBeGreaterThan(0.8);
      expect(Math.abs(judged[head].shuffledLabels.explained)).toBeLessThan(0.1);
      expect(Math.abs(judged[head].loudness.spearman.value)).toBeLessThan(0.25);
    }
  }
  for (const share of Object.values(interval.coverage)) expect(Math.abs(share - interval.level)).toBeLessThan(0.05);
  for (const { said, came } of pairs.calibration) expect(Math.abs(said - came)).toBeLessThan(0.05);
  expect(Math.max(pairs.brier.listeners, pairs.brier.plays)).toBeLessThan(0.2);
  expect(reference.songs).toBeGreaterThan(300);
  expect(training.source).toContain('demo catalogue');
  expect(limits).toContain('nothing about real');
});

test('the reference songs are those of the card, with what became of them, and none like another in everything', async () => {
  const [references, { reference, output }] = [await loadReferenceSongs(), await loadScoreCard()];
  expect(references).toHaveLength(reference.songs);
  expect(new Set(references.map(({ embedding }) => embedding.join())).size).toBe(references.length);
  for (const { releaseDate, embedding, listeners } of references) {
    expect(releaseDate >= reference.from && releaseDate <= reference.to).toBe(true);
    expect(embedding).toHaveLength(output.width);
    expect(listeners).toBeGreaterThan(0);
  }
});
