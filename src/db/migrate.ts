import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type postgres from 'postgres';
import { asUserError, createClient } from './connection.ts';
import { ADVISORY } from './locks.ts';

const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));

/**
 * Brings a database to the newest schema; does nothing where it already is. Processes that start together wait for one another.
 * @throws UserError `database-unavailable`
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = createClient(url, 1);
  try {
    if (await isCurrent(client)) return;
    await client`select pg_advisory_lock(${ADVISORY.migration})`;
    const [{ drizzle }, { migrate }] = await Promise.all([import('drizzle-orm/postgres-js'), import('drizzle-orm/postgres-js/migrator')]);
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
  } catch (error) {
    throw asUserError(error, url);
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** Asked first, without drizzle: loading it costs 0.6 s of CPU and 230 MB (Node reads its large package.json for each of its files). */
async function isCurrent(client: postgres.Sql): Promise<boolean> {
  const { entries } = JSON.parse(await readFile(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as { entries: { when: number }[] };
  const [table] = await client<{ name: string | null }[]>`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (!table?.name) return false;
  const [last] = await client<{ at: number | null }[]>`select max(created_at) as at from drizzle.__drizzle_migrations`;
  return (last?.at ?? 0) >= (entries.at(-1)?.when ?? 0);
}
