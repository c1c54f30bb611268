import { readFile, readlink, realpath, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** What `postmaster.pid` and the process it names say of the server. */
export type Postmaster = { state: 'stopped' } | { state: 'busy' } | { state: 'ready'; port: number };

/**
 * Reads the state of the server in `data`. A file left by a server that died says `stopped`; one whose process id meanwhile belongs
 * to another program is taken away, because PostgreSQL itself would refuse to start over it.
 */
export async function readPostmaster(data: string): Promise<Postmaster> {
  const file = join(data, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return { state: 'stopped' };
  // pid, data folder, start time, port, socket folder, address, shared memory, status
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return { state: 'busy' };
  if (!isAlive(pid)) return { state: 'stopped' };
  if (!(await mayServe(pid, data))) {
    await discard(file, text);
    return { state: 'stopped' };
  }
  return lines[7]?.trim() === 'ready' ? { state: 'ready', port: Number(lines[3]) } : { state: 'busy' };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A server's working folder is its data folder. A zombie has none; where it can't be read (macOS, another user) the file is believed. */
async function mayServe(pid: number, data: string): Promise<boolean> {
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(data));
  } catch (error) {
    return process.platform !== 'linux' || (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/** Moved aside first and put back if it is another by now: a server may have started in between. */
async function discard(file: string, stale: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
    if ((await readFile(aside, 'utf8')) === stale) await unlink(aside);
    else await rename(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
