import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.ts';
import { isAlive } from './postmaster.ts';
import { ProgramError, runProgram, type Account } from './server-account.ts';

/** `folder` holds `data` (PostgreSQL's own), `password` and `server.log`. */
export type Cluster = { folder: string; data: string; account: Account };

/** Byte order for sorting, so that prefix search can use plain indexes; characters classed as Unicode, so that trigrams know Chinese. */
const INITDB = ['-E', 'UTF8', '--locale=C', `--lc-ctype=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`, '-A', 'scram-sha-256'];

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '256MB',
  work_mem: '32MB',
  maintenance_work_mem: '128MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  jit: 'off',
};

/**
 * Creates the cluster unless it exists: beside its place first and then renamed, so that a crash leaves no half of one and of two
 * processes one wins.
 * @throws UserError `database-folder`, `database-disk-full`, `database-unavailable`
 */
export async function createCluster({ folder, data, account }: Cluster): Promise<void> {
  const draft = `${folder}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    if (await exists(data)) return;
    await mkdir(dirname(folder), { recursive: true });
    await removeAbandoned(folder);
    await mkdir(draft, { mode: 0o700 });
    await writeFile(join(draft, 'password'), randomBytes(24).toString('hex'), { mode: 0o600 });
    if (account.ids) for (const path of [draft, join(draft, 'password')]) await chown(path, account.ids.uid, account.ids.gid);
    await runProgram(account, 'initdb', ['-D', join(draft, 'data'), '-U', 'encore', `--pwfile=${join(draft, 'password')}`, ...INITDB]);
    await rename(draft, folder);
  } catch (error) {
    if (await exists(data).catch(() => false)) return;
    throw whyNot(error, folder);
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => {});
  }
}

/**
 * Starts the server on a free port and returns when it takes connections, or when another process was quicker.
 * @throws UserError `database-disk-full`, `database-unavailable`
 */
export async function startServer({ folder, data, account }: Cluster, settings: Record<string, string>): Promise<void> {
  const log = join(folder, 'server.log');
  const before = await sizeOf(log);
  const flags = Object.entries({ ...SETTINGS, ...settings, port: String(await freePort()) }).map(([name, value]) => `-c ${name}='${value}'`);
  try {
    await runProgram(account, 'pg_ctl', ['start', '-s', '-w', '-t', '60', '-D', data, '-l', log, '-o', flags.join(' ')]);
  } catch (error) {
    const said = `${error instanceof ProgramError ? error.output : ''}\n${await readFrom(log, before)}`;
    if (/postmaster\.pid" already exists|could not bind|another server might be running/.test(said)) return;
    throw whyNot(error instanceof ProgramError ? new ProgramError(error.program, said) : error, folder);
  }
}

/** Stops the server: sessions are cut off, nothing committed is lost. */
export async function stopServer({ data, account }: Cluster): Promise<void> {
  await runProgram(account, 'pg_ctl', ['stop', '-s', '-w', '-t', '60', '-m', 'fast', '-D', data]);
}

/** Drafts of processes that were killed while they made one. */
async function removeAbandoned(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.new-`;
  for (const name of await readdir(dirname(folder))) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : undefined;
    if (pid && !isAlive(pid)) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function whyNot(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const said = error instanceof ProgramError ? error.output : '';
  if (code === 'ENOSPC' || code === 'EDQUOT' || /No space left|Disk quota/.test(said)) return new UserError('database-disk-full', { folder }, { cause: error });
  if (code && /^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENAMETOOLONG)$/.test(code)) return new UserError('database-folder', { folder, reason: code }, { cause: error });
  if (/Permission denied|wrong ownership|Read-only file system/.test(said)) return new UserError('database-folder', { folder, reason: reasonIn(said) }, { cause: error });
  if (error instanceof ProgramError) return new UserError('database-unavailable', { where: folder, reason: reasonIn(said) }, { cause: error });
  return error;
}

/** The line of a program's words that says what is wrong, without its timestamp. */
function reasonIn(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((one) => /FATAL|PANIC|error:/.test(one)) ?? lines.at(-1) ?? '';
  return line.replace(/^.*?(FATAL|PANIC|error):\s*/, '');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function exists(path: string): Promise<boolean> {
  return (await sizeOf(path)) >= 0;
}

/** Bytes; -1 for what isn't there. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return -1;
    throw error;
  }
}

async function readFrom(path: string, offset: number): Promise<string> {
  try {
    const file = await open(path);
    try {
      return await new Response(file.readableWebStream()).text().then((text) => text.slice(Math.max(0, offset)));
    } finally {
      await file.close();
    }
  } catch {
    return '';
  }
}
