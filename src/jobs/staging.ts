import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stagingDir, type Config } from '../config.ts';

/** Runs `use` with a path for one upload in a private folder, which is removed whatever happens. */
export async function withStagedFile<T>(config: Config, use: (path: string) => Promise<T>): Promise<T> {
  await mkdir(stagingDir(config), { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(stagingDir(config), `${process.pid}-`));
  try {
    return await use(join(folder, 'upload'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what a killed process left behind, before anything is staged: folders whose process is gone, or had the number of this one. */
export async function sweepStaging(config: Config): Promise<void> {
  const folders = await readdir(stagingDir(config)).catch(() => []);
  await Promise.all(folders.filter((name) => !belongsToAnother(Number.parseInt(name, 10))).map(async (name) => await rm(join(stagingDir(config), name), { recursive: true, force: true })));
}

function belongsToAnother(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
