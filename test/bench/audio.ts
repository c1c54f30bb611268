import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { HOOK_SAMPLES } from '../../src/audio/analyse.ts';
import { decode, decodeArguments, LONGEST_SECONDS, SAMPLE_RATE } from '../../src/audio/decode.ts';
import { findFfmpeg } from '../../src/audio/ffmpeg.ts';
import { createAlignedChroma } from '../../src/audio/hook/aligned-chroma.ts';
import { findHook } from '../../src/audio/hook/find-hook.ts';
import { logMel, MEL_BANDS } from '../../src/audio/mel.ts';
import { readConfig } from '../../src/config.ts';
import { DEMO_CARD } from '../../src/score/card.ts';
import { predictScore } from '../../src/score/session.ts';
import { childCpu } from './cpu/child-cpu.ts';
import { middle } from './cpu/middle.ts';
import { peerScript, pythonWithTorchaudio } from './peer/python.ts';

const ROUNDS = 5;

type Stages = { ffmpeg: number; gather: number; chroma: number; hook: number; mel: number; model: number | null };

/**
 * `npm run bench -- audio FILE...`: CPU milliseconds of each stage, the median of 5 rounds in a warm process; CPU of a fresh process that
 * does everything (its start and ffmpeg's included) and its peak memory, beside those of peer/audio.py, which does the same with torch and
 * torchaudio: `cpuRatio` is theirs over ours, `memoryShare` ours over theirs. Needs a POSIX shell, whose `times` counts the children.
 */
export async function bench(files: string[]): Promise<unknown> {
  if (files.length === 0) throw new Error('Name at least one audio file');
  const { path: ffmpeg, version } = await findFfmpeg(readConfig());
  const python = pythonWithTorchaudio();
  if (python === undefined) console.error('No python3 with torch and torchaudio (Debian: apt-get install python3-torchaudio): only Encore is measured.');
  const results = [];
  for (const file of files) {
    const rounds: Stages[] = [];
    let seconds = 0;
    for (let round = 0; round <= ROUNDS; round++) {
      const measured = await measureStages(file, ffmpeg);
      seconds = measured.seconds;
      if (round > 0) rounds.push(measured.stages); // the first one compiles
    }
    const warm = medians(rounds);
    const result = { file: basename(file), seconds, warm, cold: measureCold(file, ffmpeg, python) };
    console.error(`${result.file} (${seconds.toFixed(0)} s)  warm ${JSON.stringify(warm)}  cold ${JSON.stringify(result.cold)}`);
    results.push(result);
  }
  return { node: process.version, ffmpeg: version, unit: 'CPU ms', files: results };
}

async function measureStages(file: string, ffmpeg: string): Promise<{ seconds: number; stages: Stages }> {
  const parts: Float32Array[] = [];
  const gather = await cpuOf(async () => await decode({ path: file, ffmpeg }, (part) => parts.push(part.slice())));
  const seconds = gather.result.samples / SAMPLE_RATE;
  const chroma = await cpuOf(() => {
    const accumulator = createAlignedChroma();
    for (const part of parts) accumulator.push(part);
    return accumulator.finish();
  });
  const hook = await cpuOf(() => findHook(chroma.result, seconds));
  const clip = clipFrom(parts, Math.round(hook.result.span.start * SAMPLE_RATE));
  const mel = await cpuOf(() => logMel(clip));
  const model = existsSync(DEMO_CARD) ? await cpuOf(async () => await predictScore({ logMel: mel.result, frames: mel.result.length / MEL_BANDS })) : undefined;
  const stages = { ffmpeg: childCpu(decoding(file, ffmpeg)), gather: gather.ms, chroma: chroma.ms, hook: hook.ms, mel: mel.ms, model: model?.ms ?? null };
  return { seconds, stages };
}

function clipFrom(parts: Float32Array[], start: number): Float32Array {
  const clip = new Float32Array(HOOK_SAMPLES);
  parts.reduce((at, part) => {
    const from = Math.max(0, start - at);
    const into = Math.max(0, at - start);
    if (from < part.length && into < clip.length) clip.set(part.subarray(from, from + clip.length - into), into);
    return at + part.length;
  }, 0);
  return clip;
}

/** CPU of this process only: a decoder that runs meanwhile is counted apart. */
async function cpuOf<Result>(work: () => Result | Promise<Result>): Promise<{ result: Result; ms: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1000 };
}

/** Both in processes of their own, in turns, so that a busy machine slows both: CPU with that of ffmpeg, and peak memory without it. */
function measureCold(file: string, ffmpeg: string, python: string | undefined): unknown {
  const ours = [process.execPath, new URL('./audio.once.ts', import.meta.url).pathname, file];
  const theirs = python && [python, peerScript('audio.py'), ...decoding(file, ffmpeg)];
  const cpu = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    cpu.ours.push(childCpu(ours));
    if (theirs) cpu.theirs.push(childCpu(theirs));
  }
  const encore = { cpuMs: middle(cpu.ours), peakRssMb: peakOf(ours) };
  if (!theirs) return encore;
  const peer = { cpuMs: middle(cpu.theirs), peakRssMb: peakOf(theirs) };
  return { ...encore, torch: peer, cpuRatio: hundredths(peer.cpuMs / encore.cpuMs), memoryShare: hundredths(encore.peakRssMb / peer.peakRssMb) };
}

const decoding = (file: string, ffmpeg: string) => [ffmpeg, ...decodeArguments({ path: file, untilSeconds: LONGEST_SECONDS, timeoutSeconds: 600, describe: true }).map(String)];

const hundredths = (value: number) => Math.round(100 * value) / 100;

function peakOf([command = '', ...args]: string[]): number {
  const { peakRssMb }: { peakRssMb: number } = JSON.parse(execFileSync(command, args, { encoding: 'utf8' }));
  return Math.round(peakRssMb);
}

function medians(rounds: Stages[]): Stages & { total: number } {
  const of = (stage: keyof Stages) => Math.round(10 * middle(rounds.map((round) => round[stage] ?? 0))) / 10;
  const stages = { ffmpeg: of('ffmpeg'), gather: of('gather'), chroma: of('chroma'), hook: of('hook'), mel: of('mel'), model: rounds[0]?.model === null ? null : of('model') };
  return { ...stages, total: Math.round(Object.values(stages).reduce<number>((sum, ms) => sum + (ms ?? 0), 0)) };
}
