import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyseAudio } from '../../src/audio/analyse.ts';
import { randomFrom } from '../../src/boosting/random.ts';
import { UserError } from '../../src/errors.ts';

const FORMATS = ['mp3', 'flac', 'm4a', 'ogg', 'wav'] as const;
const TIMEOUT_SECONDS = 20;
const AT_ONCE = 2;

export type FuzzResult = { cases: number; scored: number; refused: Record<string, number>; failures: string[] };

/**
 * Damages 6-second recordings of five formats, in turn: cut off somewhere, some bits flipped, a stretch overwritten, or both ends swapped.
 * The same seed damages them in the same way. Each must be scored, with finite numbers, or refused by a UserError; the rest are failures.
 */
export async function fuzzAudio(ffmpeg: string, cases: number, seed: number): Promise<FuzzResult> {
  const folder = mkdtempSync(join(tmpdir(), 'encore-fuzz-'));
  const result: FuzzResult = { cases, scored: 0, refused: {}, failures: [] };
  try {
    const whole = FORMATS.map((format) => recording(folder, ffmpeg, format));
    let next = 0;
    const worker = async () => {
      for (let index = next++; index < cases; index = next++) {
        const path = join(folder, `${index}.${FORMATS[index % FORMATS.length]}`);
        writeFileSync(path, damaged(whole[index % whole.length] as Buffer, randomFrom(seed * 1_000_003 + index)));
        await hear(path, ffmpeg, result);
        rmSync(path);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return result;
}

/** Chords that beat, with tags: every part of a file has something to damage. */
function recording(folder: string, ffmpeg: string, format: string): Buffer {
  const path = join(folder, `whole.${format}`);
  const sound = ['-f', 'lavfi', '-i', 'aevalsrc=0.3*sin(1382*t)*sin(9*t)+0.2*sin(2073*t)+0.05*random(0):d=6:s=22050'];
  execFileSync(ffmpeg, ['-nostdin', '-loglevel', 'error', '-y', ...sound, '-metadata', 'title=晴天', '-metadata', 'artist=A', path]);
  return readFileSync(path);
}

function damaged(whole: Buffer, random: () => number): Buffer {
  const bytes = Buffer.from(whole);
  const anywhere = (most: number) => Math.floor(random() * most);
  // Headers are short: half of the damage goes to the first 2 kB
  const place = () => anywhere(random() < 0.5 ? Math.min(2048, bytes.length) : bytes.length);
  const kind = anywhere(4);
  if (kind === 0) return bytes.subarray(0, place());
  if (kind === 1) {
    for (let flips = 1 + anywhere(200); flips > 0; flips--) flip(bytes, place(), anywhere(8));
    return bytes;
  }
  if (kind === 2) {
    const from = place();
    return bytes.fill(anywhere(256), from, Math.min(bytes.length, from + anywhere(4096)));
  }
  const cut = place();
  return Buffer.concat([bytes.subarray(cut), bytes.subarray(0, cut)]);
}

const flip = (bytes: Buffer, at: number, bit: number) => bytes.writeUInt8((bytes[at] as number) ^ (1 << bit), at);

async function hear(path: string, ffmpeg: string, result: FuzzResult): Promise<void> {
  try {
    const { logMel, seconds, hook, level } = await analyseAudio({ path, ffmpeg, maxBytes: 1e8, timeoutSeconds: TIMEOUT_SECONDS });
    const sound = logMel.every(Number.isFinite) && hook.end <= seconds + 1e-9 && (level.lufs === null || Number.isFinite(level.lufs));
    if (sound) result.scored++;
    else result.failures.push(`${path}: not finite`);
  } catch (error) {
    if (!(error instanceof UserError)) result.failures.push(`${path}: ${String(error)}`);
    else if (error.code === 'audio-timeout') result.failures.push(`${path}: took more than ${TIMEOUT_SECONDS} s`);
    else result.refused[error.code] = (result.refused[error.code] ?? 0) + 1;
  }
}
