import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type postgres from 'postgres';
import { UserError } from '../errors.ts';
import { createCluster, startServer, stopServer, type Cluster } from './cluster.ts';
import { createClient, isAway } from './connection.ts';
import { ADVISORY } from './locks.ts';
import { readPostmaster } from './postmaster.ts';
import { serverAccount } from './server-account.ts';

/** A seat at the embedded server. It stops when the last seat is left, in whichever process that is. */
export type EmbeddedServer = { url: string; leave(): Promise<void> };

type Options = { log?: Logger; /** Server settings beside the usual ones, e.g. `{ fsync: 'off' }` in tests. */ settings?: Record<string, string> };

const PATIENCE_MS = 60_000;

/**
 * Starts the PostgreSQL in `<dataDir>/postgres`, creating it the first time, or joins the one that another process runs there or
 * that a killed process left behind. It listens on a random loopback port with a random password.
 *
 * Every user holds a shared advisory lock in the server itself, so a killed process's seat is free at once, and a newcomer that meets
 * a server about to stop is turned away by the stop and starts it anew.
 * @throws UserError `database-unavailable`, `database-folder`, `database-disk-full`, `database-root`
 */
export async function startEmbedded(dataDir: string, { log, settings = {} }: Options = {}): Promise<EmbeddedServer> {
  const folder = join(dataDir, 'postgres');
  const cluster: Cluster = { folder, data: join(folder, 'data'), account: await serverAccount(folder) };
  await createCluster(cluster);
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const state = await readPostmaster(cluster.data);
    if (state.state === 'stopped') await startServer(cluster, settings);
    else if (state.state === 'ready') {
      const url = `postgres://encore:${await readFile(join(folder, 'password'), 'utf8')}@127.0.0.1:${state.port}/postgres`;
      const seat = await takeSeat(url);
      if (seat) {
        log?.debug({ folder, port: state.port }, 'embedded database ready');
        return { url, leave: () => leave(cluster, seat) };
      }
      await pause(50);
    } else await pause(50);
  }
  throw new UserError('database-unavailable', { where: folder, reason: `not ready within ${PATIENCE_MS / 1000} s` });
}

/** A connection that holds the shared lock; undefined while the server is starting up or going away. */
async function takeSeat(url: string): Promise<postgres.Sql | undefined> {
  let seated = false;
  const take = () => client`select pg_advisory_lock_shared(${ADVISORY.embeddedUsers})`;
  const retake = () => {
    if (seated) void take().catch(() => {});
  };
  const client = createClient(url, 1, { idle_timeout: 0, max_lifetime: null, onclose: retake });
  try {
    await take();
    seated = true;
    return client;
  } catch (error) {
    await client.end({ timeout: 0 });
    const code = (error as { code?: string }).code ?? '';
    if (/^(57P|ECONN|CONNECTION_)/.test(code)) return undefined;
    throw error;
  }
}

async function leave(cluster: Cluster, seat: postgres.Sql): Promise<void> {
  try {
    await seat`select pg_advisory_unlock_shared(${ADVISORY.embeddedUsers})`;
    const [answer] = await seat<{ last: boolean }[]>`select pg_try_advisory_lock(${ADVISORY.embeddedUsers}) as last`;
    if (answer?.last) await stopServer(cluster);
  } catch (error) {
    if (!isAway(error)) throw error; // a server that died has nothing left to stop
  } finally {
    await seat.end({ timeout: 0 });
  }
}
