import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { childrenOf, ffmpeg } from './files.ts';
import { fuzzAudio } from './fuzz.ts';

// 500 cases take more than a minute of CPU: `npm run bench -- fuzz-audio`
test('60 damaged recordings of five formats are scored or refused, and leave no process behind', async () => {
  const { scored, refused, failures } = await fuzzAudio(ffmpeg, 60, 1);
  expect(failures).toEqual([]);
  expect(scored).toBeGreaterThan(10);
  expect(Object.keys(refused)).toContain('audio-unreadable');
  if (existsSync('/proc/self/task')) expect(childrenOf(process.pid)).toEqual([]);
}, 120_000);
