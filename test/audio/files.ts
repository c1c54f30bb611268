import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { findFfmpeg } from '../../src/audio/ffmpeg.ts';
import { readConfig } from '../../src/config.ts';
import { UserError } from '../../src/errors.ts';

/** The ffmpeg that the app itself would use. */
export const ffmpeg = (await findFfmpeg(readConfig())).path;

export const MOST_BYTES = 200_000_000;

/** A folder for one test file's recordings, removed when its tests are over. */
export function createFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'encore-audio-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  return {
    path,
    write(name: string, content: Buffer | string) {
      writeFileSync(path(name), content);
      return path(name);
    },
    /** Runs ffmpeg to make `name` from `args`. */
    make(name: string, ...args: string[]) {
      execFileSync(ffmpeg, ['-nostdin', '-loglevel', 'error', '-y', ...args, path(name)]);
      return path(name);
    },
    names: () => readdirSync(folder).toSorted(),
  };
}

/** The code of the UserError that `work` fails with; any other failure is passed on. */
export async function refusal(work: Promise<unknown>): Promise<{ code: string; context: Record<string, string | number> }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof UserError) return { code: error.code, context: error.context };
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Process ids of the children of a process (Linux). */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    const children = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim();
    return children === '' ? [] : children.split(' ').map(Number);
  });
}

/** Whether a process still runs: a zombie that its new parent has not read out does not. */
export function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
