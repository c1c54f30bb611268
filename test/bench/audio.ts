import { execFileSync, spawnSync } from 'node:child_process';
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

const ROUNDS = 5;

type Stages = { ffmpeg: number; gather: number; chroma: number; hook: number; mel: number; model: number | null };

/**
 * `npm run bench -- audio FILE...`: CPU milliseconds of each stage, the median of 5 rounds in a warm process; CPU of a fresh process that
 * does everything (its start and ffmpeg's included) and its peak memory. Needs a POSIX shell, whose `times` counts the children.
 */
export async function bench(files: string[]): Promise<unknown> {
  if (files.length === 0) throw new Error('Name at least one audio file');
  const { path: ffmpeg, version } = await findFfmpeg(readConfig());
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
    const result = { file: basename(file), seconds, warm, cold: measureCold(file) };
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
  const stages = { ffmpeg: childCpu([ffmpeg, ...decodeArguments({ path: file, untilSeconds: LONGEST_SECONDS, timeoutSeconds: 600, describe: true })]), gather: gather.ms, chroma: chroma.ms, hook: hook.ms, mel: mel.ms, model: model?.ms ?? null };
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

/** CPU milliseconds of a command and all that it started, from the shell's `times`. */
function childCpu(command: string[]): number {
  const { stdout } = spawnSync('/bin/sh', ['-c', '"$@" >/dev/null 2>&1; times', 'sh', ...command], { encoding: 'utf8' });
  const children = stdout.trim().split('\n').at(-1) ?? '';
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0);
}

function measureCold(file: string): { cpuMs: number; peakRssMb: number } {
  const command = [process.execPath, new URL('./audio.once.ts', import.meta.url).pathname, file];
  const cpus = Array.from({ length: 3 }, () => childCpu(command));
  const { peakRssMb }: { peakRssMb: number } = JSON.parse(execFileSync(command[0] ?? '', command.slice(1), { encoding: 'utf8' }));
  return { cpuMs: middle(cpus), peakRssMb: Math.round(peakRssMb) };
}

const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

function medians(rounds: Stages[]): Stages & { total: number } {
  const of = (stage: keyof Stages) => Math.round(10 * middle(rounds.map((round) => round[stage] ?? 0))) / 10;
  const stages = { ffmpeg: of('ffmpeg'), gather: of('gather'), chroma: of('chroma'), hook: of('hook'), mel: of('mel'), model: rounds[0]?.model === null ? null : of('model') };
  return { ...stages, total: Math.round(Object.values(stages).reduce<number>((sum, ms) => sum + (ms ?? 0), 0)) };
}
