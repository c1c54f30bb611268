import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { analyseAudio, HOOK_SAMPLES, type AnalyseInput } from '../../src/audio/analyse.ts';
import { decode, SAMPLE_RATE } from '../../src/audio/decode.ts';
import { logMel } from '../../src/audio/mel.ts';
import { createFolder, ffmpeg, MOST_BYTES, refusal } from './files.ts';
import { noise, song, tone, wav } from './signals.ts';

const folder = createFolder();
const analyse = (path: string, more: Partial<AnalyseInput> = {}) => analyseAudio({ path, ffmpeg, maxBytes: MOST_BYTES, ...more });
const codes = ({ warnings }: { warnings: { code: string }[] }) => warnings.map((it) => it.code);

const chorus = folder.write('chorus.wav', wav(song('ABCBD', 30)));

test('a song gives its hook, outline and log-mel, and no warning', async () => {
  const found = await analyse(chorus);
  expect(found).toMatchObject({ seconds: 150, probedSeconds: 150, capped: false, warnings: [], frames: 1292 });
  expect([30, 90].some((start) => Math.abs(found.hook.start - start) < 10)).toBe(true);
  expect(found).toMatchObject({ hookBy: 'learned', otherHooks: [{}, {}] });
  expect(found.logMel).toHaveLength(1292 * 128);
  expect(found.waveform).toMatchObject({ seconds: 150 });
  expect(found.waveform.peaks).toHaveLength(600);
  expect(Math.max(...found.waveform.peaks)).toBe(1);
  expect(Math.min(...found.waveform.peaks)).toBeGreaterThan(0);
});

test('the same file gives the same answer', async () => {
  expect(await analyse(chorus)).toEqual(await analyse(chorus));
});

test('the start of the hook can be chosen', async () => {
  const { hook } = await analyse(chorus);
  const chosen = await analyse(chorus, { hookStart: 65 });
  expect(chosen).toMatchObject({ hook: { start: 65, end: 95 }, hookBy: 'user' });
  expect(chosen.otherHooks).toContainEqual(hook);
  expect((await analyse(chorus, { hookStart: 149 })).hook).toEqual({ start: 120, end: 150 });
  expect(await refusal(analyse(chorus, { hookStart: 150 }))).toEqual({ code: 'hook-outside', context: { start: 150, seconds: 150 } });
});

test('mp3 and wav of one song have the same hook', async () => {
  const mp3 = await analyse(folder.make('chorus.mp3', '-i', chorus, '-b:a', '128k'));
  expect(Math.abs(mp3.hook.start - (await analyse(chorus)).hook.start)).toBeLessThan(0.5);
});

test('a short recording is its own hook, repeated until 30 s are full', async () => {
  const pcm = song('A', 12).map((x) => Math.fround(x));
  const found = await analyse(folder.write('short.wav', wav(pcm, { float: true })));
  expect(found).toMatchObject({ hook: { start: 0, end: 12 }, hookBy: 'whole', otherHooks: [], frames: 1292 });
  expect(found.warnings).toEqual([{ code: 'hook-whole', context: { seconds: 12 } }]);
  const looped = Float32Array.from({ length: HOOK_SAMPLES }, (_, i) => pcm[i % pcm.length] ?? 0);
  expect(found.logMel).toEqual(logMel(looped));
});

test('the hook of a recording too long to be kept in memory is the same to the last bit', async () => {
  const long = folder.make('long.mp3', '-f', 'lavfi', '-i', 'anoisesrc=d=450:r=22050:seed=1:a=0.2', '-b:a', '64k');
  const parts: Float32Array[] = [];
  await decode({ path: long, ffmpeg, untilSeconds: 410 }, (pcm) => parts.push(pcm.slice()));
  const pcm = new Float32Array(410 * SAMPLE_RATE);
  parts.reduce((at, part) => (pcm.set(part, at), at + part.length), 0);
  const found = await analyse(long, { hookStart: 380 });
  expect(found.seconds).toBeGreaterThan(449);
  expect(found.logMel).toEqual(logMel(pcm.slice(380 * SAMPLE_RATE, 410 * SAMPLE_RATE)));
});

test('of more than 20 minutes the first 20 are used, and that is said', async () => {
  const hour = folder.make('hour.flac', '-f', 'lavfi', '-i', 'sine=f=330:r=8000:d=1230');
  const found = await analyse(hour);
  expect(found).toMatchObject({ seconds: 1200, capped: true });
  expect(found.warnings).toContainEqual({ code: 'audio-capped', context: { minutes: 20 } });
  expect(found.hook.end).toBeLessThanOrEqual(1200);
}, 60_000);

test('exactly 20 minutes are not too long', async () => {
  const found = await analyse(folder.make('twenty.flac', '-f', 'lavfi', '-i', 'sine=f=330:r=22050:d=1200'));
  expect(found).toMatchObject({ seconds: 1200, capped: false });
  expect(codes(found)).not.toContain('audio-capped');
}, 60_000);

test('silence is refused, whole or nearly whole, and so is a constant', async () => {
  const quiet = noise(20).map((x) => 1e-4 * x);
  for (const pcm of [new Float32Array(20 * SAMPLE_RATE), quiet, new Float32Array(20 * SAMPLE_RATE).fill(0.9)])
    expect(await refusal(analyse(folder.write('silent.wav', wav(pcm, { float: true }))))).toEqual({ code: 'audio-silent', context: {} });
});

test('a quiet recording is not silence, and a long pause before the music is none either', async () => {
  const pcm = new Float32Array(40 * SAMPLE_RATE);
  pcm.set(noise(8).map((x) => 3e-3 * x), 30 * SAMPLE_RATE);
  expect((await analyse(folder.write('quiet.wav', wav(pcm, { float: true })))).hook.end).toBe(40);
});

test('less than 5 s are too short', async () => {
  expect(await refusal(analyse(folder.write('brief.wav', wav(tone(440, 4.97)))))).toEqual({ code: 'audio-too-short', context: { seconds: 4.9, minimum: 5 } });
  expect((await analyse(folder.write('enough.wav', wav(tone(440, 5))))).seconds).toBe(5);
});

test('a recording cut off half way is scored with a warning, one cut off at once is refused', async () => {
  const whole = readFileSync(folder.make('whole.flac', '-i', folder.write('whole.wav', wav(noise(40)))));
  const half = await analyse(folder.write('half.flac', whole.subarray(0, whole.length / 2)));
  expect(codes(half)).toContain('audio-truncated');
  expect(half.seconds).toBeLessThan(21);
  expect(half.probedSeconds).toBe(40);
  const start = await refusal(analyse(folder.write('start.flac', whole.subarray(0, whole.length / 20))));
  expect(start).toMatchObject({ code: 'audio-truncated', context: { promised: 40, minimum: 5 } });
});

test.each([NaN, Infinity, -Infinity])('a single %f among the samples is refused', async (bad) => {
  const pcm = noise(8);
  pcm[100_000] = bad;
  expect(await refusal(analyse(folder.write('bad.wav', wav(pcm, { float: true }))))).toEqual({ code: 'audio-not-finite', context: {} });
});

test('a film with sound is scored, a film without is refused', async () => {
  const sound = ['-f', 'lavfi', '-i', 'sine=f=440:d=8'];
  const picture = ['-f', 'lavfi', '-i', 'testsrc=d=14:s=64x48:r=5'];
  const found = await analyse(folder.make('film.mkv', ...sound, ...picture, '-c:v', 'mpeg4'));
  expect(found.seconds).toBeCloseTo(8, 0);
  expect(codes(found)).toEqual(['hook-whole']);
  expect(await refusal(analyse(folder.make('mute.mkv', ...picture, '-c:v', 'mpeg4')))).toEqual({ code: 'audio-no-stream', context: {} });
});

test('cover art is neither a film nor an obstacle', async () => {
  const cover = folder.make('cover.png', '-f', 'lavfi', '-i', 'color=red:s=32x32:d=1', '-frames:v', '1');
  const path = folder.make('covered.mp3', '-i', folder.write('c.wav', wav(noise(8))), '-i', cover, '-map', '0:a', '-map', '1:v', '-c:v', 'copy', '-disposition:v', 'attached_pic');
  expect(await analyse(path)).toMatchObject({ seconds: expect.closeTo(8, 0), warnings: [{ code: 'hook-whole' }] });
});

test('copy protection is recognised, whether the index stands first or last', async () => {
  const source = folder.write('protect.wav', wav(noise(8)));
  const clear = readFileSync(folder.make('clear.m4a', '-i', source, '-c:a', 'aac'));
  const at = clear.indexOf('mp4a', clear.indexOf('stsd'));
  const drms = Buffer.from(clear);
  drms.write('drms', at, 'latin1');
  expect(await refusal(analyse(folder.write('drms.m4p', drms)))).toEqual({ code: 'audio-encrypted', context: {} });
  const key = ['-encryption_scheme', 'cenc-aes-ctr', '-encryption_key', '0'.repeat(32), '-encryption_kid', '1'.repeat(32)];
  for (const flags of [[], ['-movflags', '+faststart']])
    expect(await refusal(analyse(folder.make('cenc.mp4', '-i', source, '-c:a', 'aac', ...flags, ...key)))).toEqual({ code: 'audio-encrypted', context: {} });
  expect((await analyse(folder.path('clear.m4a'))).seconds).toBeCloseTo(8, 1);
});
