import { beforeAll, expect, test } from 'vitest';
import { HOOK_SAMPLES } from '../../src/audio/analyse.ts';
import { hookOf } from '../../src/audio/hook/find-hook.ts';
import { logMel } from '../../src/audio/mel.ts';
import { demoSong, type DemoSongAudio } from '../../src/catalogue/demo/audio.ts';
import { loadScoreCard } from '../../src/score/card.ts';
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

test('the card was made on artists unseen in training and reports rank, controls and limits', async () => {
  const { metrics, training, limits } = await loadScoreCard();
  for (const head of HEADS) {
    expect(metrics.unseenArtists[head].planted?.rho).toBeGreaterThan(0.8);
    expect(metrics.unseenArtists[head].shuffledLabels.explained).toBeLessThan(0.1);
    expect(metrics.unseenArtists[head].loudnessOnly).toBeLessThan(0.25);
  }
  expect(metrics.artists).toBeGreaterThan(15);
  expect(training.source).toContain('demo catalogue');
  expect(limits).toContain('nothing about real');
});
