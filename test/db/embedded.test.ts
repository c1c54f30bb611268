import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../../src/db/connection.ts';
import { startEmbedded } from '../../src/db/embedded.ts';

const USER_SCRIPT = fileURLToPath(new URL('../fixtures/embedded-user.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // each test starts processes and servers of its own

type Said = { port?: string; code?: string; context?: Record<string, string> };
type User = { process: ChildProcess; said: Promise<Said>; leave(): Promise<void>; kill(): Promise<void> };

let folder: string;
const users: User[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'encore-embedded-'));
});

/** Whatever a test leaves behind: its processes, then the server that they may have orphaned. */
afterEach(async () => {
  for (const user of users.splice(0)) if (user.process.exitCode === null && user.process.signalCode === null) await user.kill();
  const pid = await serverPid().catch(() => undefined);
  if (pid !== undefined && isRunning(pid)) process.kill(pid, 'SIGQUIT');
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

function startUser(dataDir = folder, ids: { uid?: number; gid?: number } = {}): User {
  const child = spawn(process.execPath, [USER_SCRIPT, dataDir], { stdio: ['pipe', 'pipe', 'inherit'], ...ids });
  const gone = once(child, 'exit');
  const said = once(createInterface(child.stdout), 'line').then(([line]) => JSON.parse(String(line)) as Said);
  const end = async (how: () => void) => {
    how();
    await gone;
  };
  const user = { process: child, said, leave: () => end(() => child.stdin.end()), kill: () => end(() => child.kill('SIGKILL')) };
  users.push(user);
  return user;
}

const serverPid = async (dataDir = folder) => Number((await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]);

/** Running, and not a zombie that waits for its parent to notice. */
function isRunning(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

describe('the embedded server', () => {
  it('starts with its first user and stops with its last, not under the feet of another', async () => {
    const first = startUser();
    const { port } = await first.said;
    const second = startUser();
    expect(await second.said).toEqual({ port });
    const pid = await serverPid();
    await first.leave();
    expect(isRunning(pid)).toBe(true);
    await second.leave();
    expect(isRunning(pid)).toBe(false);
  });

  it('is one for processes that all start it at the same moment in an empty folder', async () => {
    const crowd = [startUser(), startUser(), startUser(), startUser()];
    const ports = new Set((await Promise.all(crowd.map((user) => user.said))).map(({ port }) => port));
    expect(ports.size).toBe(1);
    const pid = await serverPid();
    await Promise.all(crowd.map((user) => user.leave()));
    expect(isRunning(pid)).toBe(false);
  });

  it('serves one who comes while the last is leaving', async () => {
    for (let round = 0; round < 2; round++) {
      const old = startUser();
      await old.said;
      const leaving = old.leave();
      const next = startUser();
      expect(await next.said).toHaveProperty('port');
      await leaving;
      await next.leave();
    }
  });

  it('is joined again after its only user was killed, and then stops with the new one', async () => {
    const killed = startUser();
    const { port } = await killed.said;
    const pid = await serverPid();
    await killed.kill();
    const next = startUser();
    expect(await next.said).toEqual({ port });
    await next.leave();
    expect(isRunning(pid)).toBe(false);
  });

  it('does not mind spaces and Chinese in the name of its folder', async () => {
    const server = await startEmbedded(join(folder, 'my data 資料'));
    await server.leave();
  });

  it('starts again after it was itself killed, with what was committed', async () => {
    const first = await startEmbedded(folder);
    const before = createClient(first.url, 1);
    await before`create table kept as select 1 as n`;
    process.kill(await serverPid(), 'SIGKILL');
    await before.end({ timeout: 0 });
    await first.leave();
    const again = await startEmbedded(folder);
    const after = createClient(again.url, 1);
    expect(await after`select n from kept`).toEqual([{ n: 1 }]);
    await after.end();
    await again.leave();
  });

  it('starts over a postmaster.pid whose process id belongs to another program now', async () => {
    await (await startEmbedded(folder)).leave();
    const lines = [process.pid, join(folder, 'postgres/data'), 1_700_000_000, 5432, '', '127.0.0.1', '', 'ready   '];
    await writeFile(join(folder, 'postgres/data/postmaster.pid'), `${lines.join('\n')}\n`);
    const server = await startEmbedded(folder);
    expect(new URL(server.url).port).not.toBe('5432');
    await server.leave();
  });

  it('listens on the loopback only, with a password that only its owner can read', async () => {
    const server = await startEmbedded(folder);
    const url = new URL(server.url);
    expect((await stat(join(folder, 'postgres/password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'postgres'))).mode & 0o777).toBe(0o700);
    const client = createClient(server.url, 1);
    expect(await client`select current_setting('listen_addresses') as at, current_setting('unix_socket_directories') as sockets`).toEqual([{ at: '127.0.0.1', sockets: '' }]);
    await client.end();
    url.password = 'wrong';
    const stranger = createClient(url.href, 1);
    await expect(stranger`select 1`).rejects.toMatchObject({ code: '28P01' });
    await stranger.end();
    await server.leave();
    const socket = connect(Number(url.port), '127.0.0.1');
    await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('the embedded server says what is wrong', () => {
  it('when its folder can not be made', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(startEmbedded(join(folder, 'file'))).rejects.toMatchObject({ code: 'database-folder', context: { reason: 'ENOTDIR' } });
  });

  it('when the data were made by a newer PostgreSQL', async () => {
    await (await startEmbedded(folder)).leave();
    await writeFile(join(folder, 'postgres/data/PG_VERSION'), '99\n');
    await expect(startEmbedded(folder)).rejects.toMatchObject({ code: 'database-unavailable', context: { reason: expect.stringContaining('incompatible') } });
  });

  it.skipIf(!isRoot)('when the disk is full', async () => {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder]);
    try {
      await expect(startEmbedded(folder)).rejects.toMatchObject({ code: 'database-disk-full' });
    } finally {
      execFileSync('/bin/umount', [folder]);
    }
  });
});

describe.skipIf(!isRoot)('the embedded server, started by root', () => {
  it('works in a folder that is closed to everyone else', async () => {
    await chmod(folder, 0o700);
    const server = await startEmbedded(join(folder, 'data'));
    const client = createClient(server.url, 1);
    expect(await client`select 1 as n`).toEqual([{ n: 1 }]);
    await client.end();
    await server.leave();
  });

  it('works for a normal user in a folder of their own', async () => {
    const own = join(folder, 'own');
    await chmod(folder, 0o755);
    await mkdir(own);
    await chown(own, NOBODY, NOBODY);
    const user = startUser(own, { uid: NOBODY, gid: NOBODY });
    expect(await user.said).toHaveProperty('port');
    expect((await stat(`/proc/${await serverPid(own)}`)).uid).toBe(NOBODY);
    await user.leave();
  });

  it('tells a normal user that a folder is not theirs', async () => {
    await chmod(folder, 0o755);
    const user = startUser(folder, { uid: NOBODY, gid: NOBODY });
    expect(await user.said).toMatchObject({ code: 'database-folder', context: { reason: 'EACCES' } });
    await (await startEmbedded(folder)).leave();
    const second = startUser(folder, { uid: NOBODY, gid: NOBODY });
    expect(await second.said).toMatchObject({ code: 'database-folder' });
  });
});
