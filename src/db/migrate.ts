import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
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
    await client`select pg_advisory_lock(${ADVISORY.migration})`;
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
  } catch (error) {
    throw asUserError(error, url);
  } finally {
    await client.end({ timeout: 5 });
  }
}
