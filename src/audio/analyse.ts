import { UserError } from '../errors.ts';
import type { AudioAnalysis, Span } from '../score/types.ts';
import { decode, LONGEST_SECONDS, SAMPLE_RATE, type Decoded, type DecodeInput } from './decode.ts';
import { createAlignedChroma, type AlignedChroma } from './hook/aligned-chroma.ts';
import { findHook } from './hook/find-hook.ts';
import { coversHalf, spanAt, WINDOW_SECONDS } from './hook/window.ts';
import { createLevel } from './level.ts';
import { logMel, MEL_BANDS } from './mel.ts';
import { createRecording, type Recording } from './recording.ts';
import { refuseUnsuitable } from './sniff.ts';
import { createWaveform } from './waveform.ts';

/** A shorter recording is refused. */
export const SHORTEST_SECONDS = 5;

/** Less sound than this in the whole recording is silence. */
const LEAST_SOUND_SECONDS = 1;

/** Samples behind every log-mel of a hook: 30 s, whatever the recording's length; 1292 frames. */
export const HOOK_SAMPLES = WINDOW_SECONDS * SAMPLE_RATE;

export type AnalyseInput = DecodeInput & {
  maxBytes: number;
  /** Second at which the user wants the hook to start, instead of the one found. */
  hookStart?: number;
};

/**
 * From a file to what is scored and drawn: decoded in one pass at bounded memory, hook found, its log-mel computed. Deterministic.
 * A recording shorter than 30 s is its own hook, repeated from its start until 30 s are full, so that the log-mel always has 1292 frames.
 *
 * @throws UserError for every file that can't be scored: the codes of sniff.ts and decode.ts, and `audio-encrypted`, `audio-no-stream`,
 *   `audio-unreadable`, `audio-truncated`, `audio-too-short`, `audio-silent`, `audio-not-finite`, `hook-outside`.
 * @example (await analyseAudio({ path: 'demo.mp3', ffmpeg: 'ffmpeg', maxBytes: 2e8 })).frames // 1292
 */
export async function analyseAudio(input: AnalyseInput): Promise<AudioAnalysis> {
  await refuseUnsuitable(input.path, input.maxBytes);
  const recording = createRecording();
  try {
    return await analyse(input, recording);
  } finally {
    recording.free();
  }
}

async function analyse(input: AnalyseInput, recording: Recording): Promise<AudioAnalysis> {
  const chroma = createAlignedChroma();
  const level = createLevel();
  const waveform = createWaveform();
  const decoded = await decode({ ...input, describe: true }, (pcm) => {
    level.push(pcm);
    recording.append(pcm);
    chroma.push(pcm);
    waveform.push(pcm);
  });
  const seconds = decoded.samples / SAMPLE_RATE;
  refuseUnscorable(decoded, level.soundingSeconds());
  const hook = chooseHook(chroma.finish(), seconds, input.hookStart);
  const logMelOfHook = logMel(looped(await samplesOf(hook.hook, recording, input)));
  return {
    seconds,
    probedSeconds: decoded.report.promisedSeconds,
    capped: decoded.capped,
    level: { lufs: decoded.report.lufs },
    tags: decoded.tags,
    warnings: warningsOf(decoded, hook.hookBy),
    ...hook,
    waveform: waveform.finish(),
    logMel: logMelOfHook,
    frames: logMelOfHook.length / MEL_BANDS,
  };
}

/** The hook's samples: as kept, or, of a recording too long to be kept, decoded once more and so the same to the last bit. */
async function samplesOf(span: Span, recording: Recording, input: AnalyseInput): Promise<Float32Array> {
  const start = Math.round(span.start * SAMPLE_RATE);
  const end = Math.min(start + HOOK_SAMPLES, Math.round(span.end * SAMPLE_RATE));
  const kept = recording.slice(start, end);
  if (kept) return kept;
  const pcm = new Float32Array(end - start);
  let at = -start;
  await decode({ ...input, untilSeconds: end / SAMPLE_RATE }, (part) => {
    pcm.set(part.subarray(Math.max(0, -at)), Math.max(0, at));
    at += part.length;
  });
  return pcm;
}

/** A short clip repeated from its start until 30 s are full. */
function looped(pcm: Float32Array): Float32Array {
  const full = new Float32Array(HOOK_SAMPLES);
  for (let at = 0; at < full.length; at += pcm.length) full.set(pcm.subarray(0, full.length - at), at);
  return full;
}

/** The hook found, or the one that the user wants; then the found one is among the others. */
function chooseHook(chroma: AlignedChroma, seconds: number, start?: number): Pick<AudioAnalysis, 'hook' | 'hookBy' | 'otherHooks'> {
  if (start !== undefined && !(start >= 0 && start < seconds)) throw new UserError('hook-outside', { start, seconds: Math.floor(seconds) });
  const { span, by, others } = findHook(chroma, seconds);
  if (start === undefined || by === 'whole') return { hook: span, hookBy: by, otherHooks: others };
  const hook = spanAt(start, seconds);
  return { hook, hookBy: 'user', otherHooks: [span, ...others].filter((other) => !coversHalf(other, hook)).slice(0, 2) };
}

function refuseUnscorable({ samples, report, exitCode }: Decoded, soundingSeconds: number): void {
  const seconds = samples / SAMPLE_RATE;
  if (report.encrypted) throw new UserError('audio-encrypted');
  if (samples === 0 && !report.hasAudioStream && report.opened) throw new UserError('audio-no-stream');
  if (samples === 0) throw new UserError('audio-unreadable', { reason: report.lastWords, exitCode: exitCode ?? -1 });
  if (seconds < SHORTEST_SECONDS) {
    const promised = missingFrom(seconds, report.promisedSeconds);
    if (promised !== undefined) throw new UserError('audio-truncated', { seconds: rounded(seconds), promised, minimum: SHORTEST_SECONDS });
    throw new UserError('audio-too-short', { seconds: rounded(seconds), minimum: SHORTEST_SECONDS });
  }
  if (soundingSeconds < LEAST_SOUND_SECONDS) throw new UserError('audio-silent');
}

/** The promised seconds when much of them is missing: more than half a second and one per cent (encoders differ by 0.05 s). */
function missingFrom(seconds: number, promised: number | null): number | undefined {
  if (promised === null || promised - seconds <= Math.max(0.5, 0.01 * promised)) return undefined;
  return rounded(promised);
}

function warningsOf({ samples, capped, report }: Decoded, hookBy: AudioAnalysis['hookBy']): AudioAnalysis['warnings'] {
  const seconds = samples / SAMPLE_RATE;
  const promised = missingFrom(seconds, report.promisedSeconds);
  const warnings: AudioAnalysis['warnings'] = [];
  if (capped) warnings.push({ code: 'audio-capped', context: { minutes: LONGEST_SECONDS / 60 } });
  else if (promised !== undefined) warnings.push({ code: 'audio-truncated', context: { seconds: rounded(seconds), promised } });
  else if (report.damagedPackets > 0) warnings.push({ code: 'audio-damaged', context: { count: report.damagedPackets } });
  if (hookBy === 'whole' && seconds < WINDOW_SECONDS) warnings.push({ code: 'hook-whole', context: { seconds: rounded(seconds) } });
  if (hookBy === 'loudest') warnings.push({ code: 'hook-loudest', context: {} });
  return warnings;
}

/** Down to a tenth, so that 4.97 s never reads as the 5 s that it falls short of. */
const rounded = (seconds: number) => Math.floor(seconds * 10) / 10;
