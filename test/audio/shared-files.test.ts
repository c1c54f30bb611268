import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { analyseAudio } from '../../src/audio/analyse.ts';
import { UserError } from '../../src/errors.ts';
import { childrenOf, ffmpeg, MOST_BYTES } from './files.ts';
import { expectationOf, isSilent, rowsOf, SETS, SHARED_AUDIO, type Row } from './manifest.ts';

const outcomeOf = async (path: string) =>
  await analyseAudio({ path, ffmpeg, maxBytes: MOST_BYTES }).catch((error: unknown) => {
    if (error instanceof UserError) return error.code;
    throw error;
  });

async function check(row: Row): Promise<void> {
  const outcome = await outcomeOf(row.path);
  const expected = expectationOf(row);
  if (expected !== 'scored') return expect(outcome).toMatch(expected);
  if (outcome === 'audio-silent') return expect(isSilent(row.path)).toBe(true);
  if (typeof outcome === 'string') throw new Error(`${row.decoded} s can be decoded, but it was refused: ${outcome}`);
  expect(outcome.seconds).toBeGreaterThan(row.decoded - 0.06);
  expect(outcome.seconds).toBeLessThan(row.decoded + 0.06);
  expect(outcome.logMel.every(Number.isFinite)).toBe(true);
  expect(outcome.logMel).toHaveLength(1292 * 128);
  expect(outcome.hook.end).toBeLessThanOrEqual(outcome.seconds + 1e-9);
}

describe.skipIf(!existsSync(SHARED_AUDIO)).each(SETS)('../shared/data/audio/%s (skipped where absent)', (set) => {
  const rows = rowsOf(set);
  const before = rows.length > 0 ? readdirSync(resolve(SHARED_AUDIO, set)) : [];
  afterAll(() => {
    if (existsSync('/proc/self/task')) expect(childrenOf(process.pid)).toEqual([]);
    expect(readdirSync(resolve(SHARED_AUDIO, set))).toEqual(before);
  });
  test('has its files', () => expect(rows.length).toBeGreaterThan(70));
  test.each(rows)('$name', async (row) => await check(row), 60_000);
});

test.skipIf(!existsSync(SHARED_AUDIO))('what was cut off or skipped is told', async () => {
  const half = await outcomeOf(resolve(SHARED_AUDIO, 'hostile/truncated_half.flac'));
  expect(half).toMatchObject({ warnings: expect.arrayContaining([expect.objectContaining({ code: 'audio-truncated' })]) });
  const flipped = await outcomeOf(resolve(SHARED_AUDIO, 'hostile/bitflips_400.mp3'));
  expect(flipped).toMatchObject({ warnings: expect.arrayContaining([expect.objectContaining({ code: 'audio-damaged' })]) });
});
