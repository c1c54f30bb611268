import type { Logger } from 'pino';
import type postgres from 'postgres';
import type { Config } from '../config.ts';
import { createClient } from './connection.ts';
import { startEmbedded } from './embedded.ts';
import { migrateDatabase } from './migrate.ts';

/**
 * One PostgreSQL database. `sql` gives `date` columns as 'YYYY-MM-DD' strings and 64-bit integers (`count(*)` too) as numbers.
 */
export type Database = {
  sql: postgres.Sql;
  url: string;
  /** Ends the connections and leaves the embedded server, which stops when its last user has left. */
  close(): Promise<void>;
};

/**
 * Opens the database of the configuration, `DATABASE_URL` or else the embedded server, and brings it to the newest schema.
 * @throws UserError `database-unavailable`, `database-folder`, `database-disk-full`, `database-root`
 */
export async function openDatabase(config: Config, log: Logger): Promise<Database> {
  if (config.databaseUrl) return await connectDatabase(config.databaseUrl);
  const server = await startEmbedded(config.dataDir, { log });
  return await connectDatabase(server.url, () => server.leave()).catch(async (error: unknown) => {
    await server.leave();
    throw error;
  });
}

/** The database at `url`, migrated; `afterClose` runs when its connections are gone. */
export async function connectDatabase(url: string, afterClose = async () => {}): Promise<Database> {
  await migrateDatabase(url);
  const sql = createClient(url, 10);
  return {
    sql,
    url,
    close: async () => {
      await sql.end({ timeout: 5 });
      await afterClose();
    },
  };
}
