import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createFolder, ffmpeg, MOST_BYTES } from './files.ts';
import { song, wav } from './signals.ts';

const folder = createFolder();
const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/** Runs a module in a process of its own, in the folder `cwd`; what it prints is JSON. */
const inProcess = async (script: string, cwd: string): Promise<unknown> =>
  JSON.parse((await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd })).stdout);

test('names that a shell or ffmpeg could misread are only names', async () => {
  const names = ['-i.mp3', 'concat:evil.mp3', 'a b & c; $(touch pwned) `touch pwned2`.wav', '晴天 🎧.wav', '%03d.wav', `it's "quoted".wav`, 'http:evil.wav', 'pipe:0', '|x.wav', 'new\nline.wav'];
  mkdirSync(folder.path('names'));
  const content = wav(song('A', 6));
  for (const name of names) folder.write(`names/${name}`, content);
  const results = await inProcess(
    `const { analyseAudio } = await import(${url('../../src/audio/analyse.ts')});
     const found = [];
     for (const path of ${JSON.stringify(names)}) found.push((await analyseAudio({ path, ffmpeg: ${JSON.stringify(ffmpeg)}, maxBytes: 1e7 })).seconds);
     console.log(JSON.stringify(found));`,
    folder.path('names'),
  );
  expect(results).toEqual(names.map(() => 6));
  expect(readdirSync(folder.path('names')).toSorted()).toEqual(names.toSorted());
});

test.runIf(existsSync('/proc/self/task'))('two threads with the longest recordings stay under 700 MB', async () => {
  const long = folder.make('long.wav', '-f', 'lavfi', '-i', 'anoisesrc=d=1210:r=22050', '-c:a', 'pcm_u8');
  const result = await inProcess(
    `const { createWorkPool } = await import(${url('../../src/work/pool.ts')});
     const pool = createWorkPool(2);
     const input = ${JSON.stringify({ path: long, ffmpeg, maxBytes: MOST_BYTES })};
     const found = await Promise.all([1, 2, 3, 4].map(() => pool.run('analyseAudio', input)));
     await pool.close();
     console.log(JSON.stringify({ capped: found.map((it) => it.capped), megabytes: process.resourceUsage().maxRSS / 1024 }));`,
    folder.path('.'),
  );
  expect(result).toEqual({ capped: [true, true, true, true], megabytes: expect.any(Number) });
  expect((result as { megabytes: number }).megabytes).toBeLessThan(700);
}, 60_000);
