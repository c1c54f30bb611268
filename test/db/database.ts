import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { inject } from 'vitest';
import { connectDatabase, type Database } from '../../src/db/client.ts';
import { createClient } from '../../src/db/connection.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrateDatabase } from '../../src/db/migrate.ts';

/** One per test process; its seat is left when the process ends, so that the server outlives every single test file. */
let server: Promise<string> | undefined;

/**
 * A fresh, migrated, empty database of its own, dropped by `close()`.
 *
 * @example
 * const db = await testDatabase();
 * afterAll(() => db.close());
 */
export async function testDatabase(): Promise<Database> {
  const { prefix } = inject('databases');
  server ??= startServer();
  const url = await server;
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  await onServer(url, (sql) => sql`create database ${sql(name)} template ${sql(`${prefix}_template`)}`);
  return await connectDatabase(databaseUrl(url, name), () => onServer(url, (sql) => sql`drop database ${sql(name)} with (force)`));
}

type EmptyDatabase = { sql: ReturnType<typeof createClient>; url: string } & AsyncDisposable;

/** A fresh database without any table, dropped when it goes out of scope. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
  server ??= startServer();
  const name = `${inject('databases').prefix}_${randomBytes(6).toString('hex')}`;
  const at = await server;
  await onServer(at, (sql) => sql`create database ${sql(name)}`);
  const url = databaseUrl(at, name);
  const sql = createClient(url, 2);
  const drop = async () => {
    await sql.end({ timeout: 5 });
    await onServer(at, (sql) => sql`drop database ${sql(name)} with (force)`);
  };
  return { sql, url, [Symbol.asyncDispose]: drop };
}

/** Applies the first `count` migrations, as that version of Encore did. */
export async function migrateTo(sql: EmptyDatabase['sql'], count: number): Promise<void> {
  const folder = fileURLToPath(new URL('../../drizzle', import.meta.url));
  const migrations = readMigrationFiles({ migrationsFolder: folder }).slice(0, count);
  await sql`create schema drizzle`;
  await sql`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;
  for (const { sql: statements, hash, folderMillis } of migrations) {
    for (const statement of statements) await sql.unsafe(statement);
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`;
  }
}

/** The server with its migrated template database; of several processes one makes the template, the others wait. */
async function startServer(): Promise<string> {
  const { dataDir, url: given, prefix } = inject('databases');
  const url = given ?? (await startEmbedded(dataDir, { settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } })).url;
  const template = `${prefix}_template`;
  await onServer(url, async (sql) => {
    await sql`select pg_advisory_lock(1)`;
    if ((await sql`select from pg_database where datname = ${template}`).length > 0) return;
    await sql`create database ${sql(template)}`;
    await migrateDatabase(databaseUrl(url, template));
  });
  return url;
}

async function onServer(url: string, work: (sql: ReturnType<typeof createClient>) => Promise<unknown>): Promise<void> {
  const client = createClient(url, 1);
  try {
    await work(client);
  } finally {
    await client.end({ timeout: 5 });
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
