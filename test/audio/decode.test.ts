import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decode, decodeArguments, SAMPLE_RATE } from '../../src/audio/decode.ts';
import { childrenOf, createFolder, ffmpeg, isRunning, refusal } from './files.ts';
import { noise, song, tone, wav } from './signals.ts';

const folder = createFolder();
const linux = existsSync('/proc/self/task');

async function samplesOf(path: string): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  await decode({ path, ffmpeg }, (pcm) => parts.push(pcm.slice()));
  return Float32Array.from(parts.flatMap((part) => [...part]));
}
const peakOf = (pcm: Float32Array) => pcm.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

test('samples arrive as they were, louder than full scale too', async () => {
  const pcm = noise(2).map((x) => 3 * x);
  expect(await samplesOf(folder.write('loud.wav', wav(pcm, { float: true })))).toEqual(pcm);
});

test('a stereo mix of the same signal on both sides keeps its level', async () => {
  const mono = tone(440, 2, 0.5);
  const stereo = Float32Array.from({ length: 2 * mono.length }, (_, i) => mono[i >> 1] ?? 0);
  const pcm = await samplesOf(folder.write('stereo.wav', wav(stereo, { channels: 2, float: true })));
  expect(pcm).toHaveLength(mono.length);
  expect(peakOf(pcm)).toBeCloseTo(0.5, 3);
});

test('decoding until a second gives exactly the beginning of the whole', async () => {
  const path = folder.write('until.wav', wav(noise(3), { float: true }));
  let samples = 0;
  const decoded = await decode({ path, ffmpeg, untilSeconds: 1.5 }, (pcm) => (samples += pcm.length));
  expect(samples).toBe(1.5 * SAMPLE_RATE);
  expect(decoded).toMatchObject({ samples, capped: true });
});

test('the length that the container promises is told, and whether there is sound', async () => {
  const { report, exitCode } = await decode({ path: folder.write('two.wav', wav(noise(2))), ffmpeg }, () => undefined);
  expect(report).toMatchObject({ promisedSeconds: 2, hasAudioStream: true, opened: true, encrypted: false, damagedPackets: 0 });
  expect(exitCode).toBe(0);
});

test('a tag can not pretend to be a length', async () => {
  const source = folder.write('plain.wav', wav(noise(6)));
  const tagged = folder.make('tagged.flac', '-i', source, '-metadata', 'title=x\n  Duration: 09:00:00.00, start', '-metadata', 'comment=\n  Stream #0:0: Video: h264');
  expect((await decode({ path: tagged, ffmpeg }, () => undefined)).report.promisedSeconds).toBe(6);
});

test('the arguments hold the limits, and the path as one literal file', () => {
  const args = decodeArguments({ path: '-i.mp3', untilSeconds: 1200, timeoutSeconds: 60 });
  expect(args.join(' ')).toContain('-protocol_whitelist file,pipe');
  expect(args[args.indexOf('-i') + 1]).toMatch(/^file:\/.*\/-i\.mp3$/);
  expect(args).toEqual(expect.arrayContaining(['-nostdin', '-timelimit', '60', '-vn', '-rematrix_maxval', '1.0', '-t', '1201']));
});

test('a missing binary is an error the user can act on', async () => {
  const path = folder.write('a.wav', wav(noise(1)));
  expect(await refusal(decode({ path, ffmpeg: folder.path('no-such-binary') }, () => undefined))).toMatchObject({ code: 'ffmpeg-missing' });
});

test.runIf(linux)('a decoder that hangs is killed in time', async () => {
  const hanging = folder.write('hang', '#!/bin/sh\nexec sleep 600\n');
  await import('node:fs/promises').then((fs) => fs.chmod(hanging, 0o755));
  const started = performance.now();
  const failed = await refusal(decode({ path: hanging, ffmpeg: hanging, timeoutSeconds: 0.2 }, () => undefined));
  expect(failed).toEqual({ code: 'audio-timeout', context: { seconds: 0.2 } });
  expect(performance.now() - started).toBeLessThan(5000);
  expect(childrenOf(process.pid)).toEqual([]);
});

test.runIf(linux)('an abort ends the decoder', async () => {
  const path = folder.write('long.wav', wav(song('ABCD', 30)));
  const abort = new AbortController();
  const work = decode({ path, ffmpeg, signal: abort.signal }, () => abort.abort(new Error('no longer wanted')));
  await expect(work).rejects.toThrow('no longer wanted');
  expect(childrenOf(process.pid)).toEqual([]);
  await expect(decode({ path, ffmpeg, signal: abort.signal }, () => undefined)).rejects.toThrow('no longer wanted');
});

test.runIf(linux)('a consumer that fails ends the decoder and is heard', async () => {
  const path = folder.write('failing.wav', wav(song('ABCD', 30)));
  const work = decode({ path, ffmpeg }, () => {
    throw new RangeError('full');
  });
  await expect(work).rejects.toThrow('full');
  expect(childrenOf(process.pid)).toEqual([]);
});

test.runIf(linux)('no decoder outlives a process that was killed', async () => {
  const path = folder.make('endless.wav', '-f', 'lavfi', '-i', 'anoisesrc=d=1100:r=22050', '-c:a', 'pcm_u8');
  const script = `
    const { decode } = await import(${JSON.stringify(new URL('../../src/audio/decode.ts', import.meta.url).href)});
    let first = true;
    await decode(${JSON.stringify({ path, ffmpeg })}, () => {
      if (first) process.stdout.write('decoding');
      first = false;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
    });`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(parent.stdout, 'data');
  const decoders = childrenOf(parent.pid ?? 0);
  expect(decoders).toHaveLength(1);
  expect(decoders.every(isRunning)).toBe(true);
  parent.kill('SIGKILL');
  await once(parent, 'close');
  await expect.poll(() => decoders.filter(isRunning), { timeout: 10_000 }).toEqual([]);
});
