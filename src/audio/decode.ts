import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import createCommand from 'fluent-ffmpeg';
import { UserError } from '../errors.ts';
import type { AudioAnalysis } from '../score/types.ts';
import { createReport, type DecoderReport } from './report.ts';
import { createTagReader } from './tags.ts';

/** Samples per second of everything that is analysed. */
export const SAMPLE_RATE = 22_050;

/** What ebur128 knows how to weigh; it refuses channels without a layout, and with it the whole run. */
const METERED_LAYOUTS = 'mono|stereo|5.1|5.1(side)';

/** Only the beginning of a longer recording is used. */
export const LONGEST_SECONDS = 20 * 60;

export type DecodeInput = {
  /** A staged file: ffmpeg can't read every format from a pipe (an m4a gives 0 bytes). */
  path: string;
  ffmpeg: string;
  /** Where to stop; 20 minutes unless told. */
  untilSeconds?: number;
  /** The most wall-clock seconds; the same number bounds ffmpeg's CPU time, should this process die meanwhile. */
  timeoutSeconds?: number;
  /** Whether loudness and tags are wanted as well; they leave the samples as they are. */
  describe?: boolean;
  signal?: AbortSignal;
};

export type Decoded = {
  /** Samples handed over, at most those of `untilSeconds`. */
  samples: number;
  /** True when there was more. */
  capped: boolean;
  exitCode: number | null;
  report: DecoderReport;
  tags: AudioAnalysis['tags'];
};

/**
 * Decodes the first audio stream to mono float PCM at 22.05 kHz and hands it over piece by piece while ffmpeg runs; the pipe holds ffmpeg
 * back when `consume` is slow. fluent-ffmpeg builds the arguments; process, limits and lifetime are ours. When it settles, ffmpeg is gone.
 *
 * @param consume gets full-scale +-1 samples (unclamped) that are valid only during the call.
 * @throws UserError `audio-timeout`, `ffmpeg-missing`; the signal's reason when aborted. An exit code is not judged here: 0 does not mean
 *   audio and good audio can end in 69.
 */
export async function decode(input: DecodeInput, consume: (pcm: Float32Array) => void): Promise<Decoded> {
  const { untilSeconds = LONGEST_SECONDS, timeoutSeconds = 180, signal } = input;
  signal?.throwIfAborted();
  const child = spawn(input.ffmpeg, decodeArguments({ ...input, untilSeconds, timeoutSeconds }), { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], windowsHide: true });
  const report = createReport();
  const tags = createTagReader();
  child.stderr?.on('data', (chunk: Buffer) => report.read(chunk));
  child.stdio[3]?.on('data', (chunk: Buffer) => tags.read(chunk));
  const gather = createGatherer(consume, Math.round(untilSeconds * SAMPLE_RATE));
  let failure: unknown;
  const stop = (reason: unknown) => {
    failure ??= reason;
    child.kill('SIGKILL');
  };
  child.stdout?.on('data', (chunk: Buffer) => {
    try {
      gather.push(chunk);
    } catch (error) {
      stop(error);
    }
    if (gather.overrun()) child.kill('SIGKILL');
  });
  const timer = setTimeout(() => stop(new UserError('audio-timeout', { seconds: timeoutSeconds })), timeoutSeconds * 1000);
  const abort = () => stop(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const exitCode = await ended(child);
    if (failure !== undefined) throw failure;
    return { samples: gather.samples(), capped: gather.full(), exitCode, report: report.finish(), tags: tags.finish() };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** Resolves when the process has ended and both pipes are read out: never earlier, never twice. */
const ended = (child: ChildProcess) =>
  new Promise<number | null>((done, fail) => {
    child.once('error', (error) => fail(new UserError('ffmpeg-missing', {}, { cause: error })));
    child.once('close', (code) => done(code));
  });

/**
 * `file:` and an absolute path make names such as `-i.mp3` and `concat:evil.mp3` harmless; the whitelist refuses playlists that reach
 * elsewhere; without rematrix_maxval 1 the float downmix of stereo is 3 dB hot. Unflushed packets
 * come in 32 kB instead of 2 kB pieces (120 ms CPU less on 4 minutes). One second beyond the cap tells whether there was more.
 */
export function decodeArguments({ path, untilSeconds, timeoutSeconds, describe }: Required<Pick<DecodeInput, 'path' | 'untilSeconds' | 'timeoutSeconds'>> & Pick<DecodeInput, 'describe'>): string[] {
  const command = createCommand()
    .input(`file:${resolve(path)}`)
    .inputOptions('-nostdin', '-hide_banner', '-nostats', '-timelimit', String(Math.ceil(timeoutSeconds)), '-threads', '1', '-protocol_whitelist', 'file,pipe')
    .output('pipe:1')
    .outputOptions('-map', '0:a:0', '-map_metadata', '-1', '-rematrix_maxval', '1.0', '-flush_packets', '0', '-t', String(untilSeconds + 1))
    .noVideo()
    .audioChannels(1)
    .audioFrequency(SAMPLE_RATE)
    .format('f32le');
  return (describe ? addDescription(command, untilSeconds) : command)._getArguments();
}

/**
 * Two more outputs of the same run. Loudness is measured on the stream as it is, at most until the cap; only rates and layouts that the
 * meter can't take are converted. Tags stand with the file or, in Ogg, with the stream.
 */
const addDescription = (command: createCommand.FfmpegCommand, untilSeconds: number): createCommand.FfmpegCommand =>
  command
    .output('pipe:')
    .outputOptions('-map', '0:a:0', '-map_metadata', '-1', '-c:a', 'pcm_f64le')
    .audioFilters(`atrim=end=${untilSeconds},aformat=sample_rates=44100|48000|88200|96000:channel_layouts=${METERED_LAYOUTS},ebur128=framelog=verbose`)
    .format('null')
    .output('pipe:3')
    .outputOptions('-map_metadata', '0', '-map_metadata:g', '0:s:a:0', '-map_chapters', '-1')
    .format('ffmetadata');

/** Turns a byte stream into whole aligned samples, at most `most` of them. */
function createGatherer(consume: (pcm: Float32Array) => void, most: number) {
  let bytes = new Uint8Array(2 ** 17);
  let kept = 0;
  let samples = 0;
  let full = false;
  let beyond = 0;
  return {
    push(chunk: Uint8Array) {
      if (full) {
        beyond += chunk.length;
        return;
      }
      if (kept + chunk.length > bytes.length) {
        const larger = new Uint8Array(2 * (kept + chunk.length));
        larger.set(bytes.subarray(0, kept));
        bytes = larger;
      }
      bytes.set(chunk, kept);
      const whole = (kept + chunk.length) >> 2;
      const used = Math.min(whole, most - samples);
      full = whole > used;
      samples += used;
      if (used > 0) consume(new Float32Array(bytes.buffer, 0, used));
      bytes.copyWithin(0, whole * 4, kept + chunk.length);
      kept = kept + chunk.length - whole * 4;
    },
    samples: () => samples,
    full: () => full,
    /** ffmpeg should have ended by itself, a second after the cap. */
    overrun: () => beyond > 8 * SAMPLE_RATE,
  };
}
