import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { findFfmpeg } from '../../src/audio/ffmpeg.ts';
import { readConfig } from '../../src/config.ts';
import { fuzzAudio } from '../audio/fuzz.ts';

/**
 * `npm run bench -- fuzz-audio [CASES] [SEED]`: damaged recordings of five formats through the whole analysis, 500 of them unless told. Fails
 * when one of them is neither scored nor refused, or hangs. The tests run 60 of them.
 */
export async function bench([cases = '500', seed = '1']: string[]): Promise<unknown> {
  const { path: ffmpeg } = await findFfmpeg(readConfig());
  const before = process.cpuUsage();
  const result = await fuzzAudio(ffmpeg, Number(cases), Number(seed));
  const { user, system } = process.cpuUsage(before);
  if (result.failures.length > 0) process.exitCode = 1;
  return { ...result, seed: Number(seed), cpuSecondsWithoutFfmpeg: Math.round((user + system) / 1e6), processesLeft: processesLeft() };
}

/** Children of this process, by Linux's own account; null elsewhere. */
function processesLeft(): number | null {
  if (!existsSync('/proc/self/task')) return null;
  return readdirSync('/proc/self/task').flatMap((thread) => readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' ').filter(Boolean)).length;
}
