import { UserError } from '../errors.ts';
import type { AudioAnalysis, Span } from '../score/types.ts';
import { createChroma } from './chroma.ts';
import { decode, LONGEST_SECONDS, SAMPLE_RATE, type Decoded, type DecodeInput } from './decode.ts';
import { findHook, HOOK_SECONDS, spanAt, type Hook } from './hook.ts';
import { createLevel } from './level.ts';
import { logMel } from './mel.ts';
import { createRecording } from './recording.ts';
import { refuseUnsuitable } from './sniff.ts';
import { createWaveform } from './waveform.ts';

/** A shorter recording is refused. */
export const SHORTEST_SECONDS = 5;

/** Less sound than this in the whole recording is silence. */
const LEAST_SOUND_SECONDS = 1;

/** Samples behind every log-mel of a hook: 30 s, whatever the recording's length; 1292 frames. */
export const HOOK_SAMPLES = HOOK_SECONDS * SAMPLE_RATE;

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
  const chroma = createChroma();
  const level = createLevel();
  const waveform = createWaveform();
  const decoded = await decode(input, (pcm) => {
    level.push(pcm);
    recording.append(pcm);
    chroma.push(pcm);
    waveform.push(pcm);
  });
  const seconds = decoded.samples / SAMPLE_RATE;
  refuseUnscorable(decoded, level.soundingSeconds());
  const hook = input.hookStart === undefined ? findHook(chroma.finish(), seconds) : { span: chosenSpan(input.hookStart, seconds), by: 'user' as const };
  const mel = logMel(recording.loop(Math.round(hook.span.start * SAMPLE_RATE), HOOK_SAMPLES));
  return {
    seconds,
    probedSeconds: decoded.report.promisedSeconds,
    capped: decoded.capped,
    warnings: warningsOf(decoded, hook.by),
    hook: hook.span,
    waveform: waveform.finish(),
    logMel: mel,
    frames: 1 + Math.floor(HOOK_SAMPLES / 512),
  };
}

function chosenSpan(start: number, seconds: number): Span {
  if (!(start >= 0 && start < seconds)) throw new UserError('hook-outside', { start, seconds: Math.floor(seconds) });
  return spanAt(start, seconds);
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

function warningsOf({ samples, capped, report }: Decoded, hookBy: Hook['by'] | 'user'): AudioAnalysis['warnings'] {
  const seconds = samples / SAMPLE_RATE;
  const promised = missingFrom(seconds, report.promisedSeconds);
  const warnings: AudioAnalysis['warnings'] = [];
  if (capped) warnings.push({ code: 'audio-capped', context: { minutes: LONGEST_SECONDS / 60 } });
  else if (promised !== undefined) warnings.push({ code: 'audio-truncated', context: { seconds: rounded(seconds), promised } });
  else if (report.damagedPackets > 0) warnings.push({ code: 'audio-damaged', context: { count: report.damagedPackets } });
  if (hookBy === 'whole') warnings.push({ code: 'hook-whole', context: { seconds: rounded(seconds) } });
  if (hookBy === 'loudest') warnings.push({ code: 'hook-loudest', context: {} });
  return warnings;
}

/** Down to a tenth, so that 4.97 s never reads as the 5 s that it falls short of. */
const rounded = (seconds: number) => Math.floor(seconds * 10) / 10;
