import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, test } from 'vitest';
import { analyseAudio } from '../../src/audio/analyse.ts';
import { UserError } from '../../src/errors.ts';
import { childrenOf, ffmpeg, MOST_BYTES } from './files.ts';

const DATA = resolve(import.meta.dirname, '../../../shared/data/audio');
type Row = { name: string; decoded: number; wrong: string; container: string };

function rowsOf(set: 'hostile' | 'real'): Row[] {
  if (!existsSync(resolve(DATA, set))) return [];
  const rows: Record<string, string>[] = parse(readFileSync(resolve(DATA, set, 'MANIFEST.csv')), { columns: true });
  return rows.map((row) => ({ name: row.name ?? '', decoded: Number(row.decoded_seconds_capped_1200 ?? row.decoded_seconds), wrong: row.what_is_wrong ?? '', container: row.container ?? '' }));
}

/** What the manifest's own description says the refusal must be; undefined where only the decoded length tells. */
function refusalFor(wrong: string): RegExp | undefined {
  if (wrong.startsWith('0 bytes')) return /^file-empty$/;
  if (/HTML/.test(wrong)) return /^file-is-html$/;
  if (/PNG image|plain text|ELF binary|HLS|ffconcat|SDP/.test(wrong)) return /^file-not-audio$/;
  if (/of (exact digital )?silence|constant full-scale DC/.test(wrong)) return /^audio-silent$/;
  return undefined;
}

const outcomeOf = async (path: string) =>
  await analyseAudio({ path, ffmpeg, maxBytes: MOST_BYTES }).catch((error: unknown) => {
    if (error instanceof UserError) return error.code;
    throw error;
  });

/** ffmpeg's own word on whether a recording is silent: its loudest sample, in dB. */
const loudestSample = (path: string) =>
  Number(/max_volume: (\S+) dB/.exec(execFileSync('sh', ['-c', 'exec "$0" -nostdin -i "file:$1" -map 0:a:0 -af volumedetect -f null - 2>&1', ffmpeg, path], { encoding: 'utf8' }))?.[1]);

/** Static builds lack the library that plays tracker modules. */
const demuxers = execFileSync(ffmpeg, ['-hide_banner', '-demuxers'], { encoding: 'utf8' });
const isUnknown = (container: string) => container === 'libopenmpt' && !demuxers.includes('libopenmpt');

async function check({ name, decoded, wrong, container }: Row, set: string): Promise<void> {
  const path = resolve(DATA, set, name);
  const outcome = await outcomeOf(path);
  const expected = refusalFor(wrong);
  if (expected) expect(outcome).toMatch(expected);
  else if (statSync(path).size === 0) expect(outcome).toBe('file-empty');
  else if (decoded === 0 || isUnknown(container)) expect(outcome).toMatch(/^(audio-unreadable|audio-no-stream|audio-too-short|file-not-audio)$/);
  else if (decoded < 5) expect(outcome).toMatch(/^(audio-too-short|audio-truncated)$/);
  else if (outcome === 'audio-silent') expect(loudestSample(path)).toBeLessThan(-70);
  else {
    if (typeof outcome === 'string') throw new Error(`${decoded} s can be decoded, but it was refused: ${outcome}`);
    expect(outcome.seconds).toBeGreaterThan(decoded - 0.06);
    expect(outcome.seconds).toBeLessThan(decoded + 0.06);
    expect(outcome.logMel.every(Number.isFinite)).toBe(true);
    expect(outcome.logMel).toHaveLength(1292 * 128);
    expect(outcome.hook.end).toBeLessThanOrEqual(outcome.seconds + 1e-9);
  }
}

describe.skipIf(!existsSync(DATA)).each(['hostile', 'real'] as const)('../shared/data/audio/%s (skipped where absent)', (set) => {
  const rows = rowsOf(set);
  const before = rows.length > 0 ? readdirSync(resolve(DATA, set)) : [];
  afterAll(() => {
    if (existsSync('/proc/self/task')) expect(childrenOf(process.pid)).toEqual([]);
    expect(readdirSync(resolve(DATA, set))).toEqual(before);
  });
  test('has its files', () => expect(rows.length).toBeGreaterThan(70));
  test.each(rows)('$name', async (row) => await check(row, set), 60_000);
});

test.skipIf(!existsSync(DATA))('what was cut off or skipped is told', async () => {
  const half = await outcomeOf(resolve(DATA, 'hostile/truncated_half.flac'));
  expect(half).toMatchObject({ warnings: expect.arrayContaining([expect.objectContaining({ code: 'audio-truncated' })]) });
  const flipped = await outcomeOf(resolve(DATA, 'hostile/bitflips_400.mp3'));
  expect(flipped).toMatchObject({ warnings: expect.arrayContaining([expect.objectContaining({ code: 'audio-damaged' })]) });
});
