import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readConfig } from '../src/config.ts';
import { createClient } from '../src/db/connection.ts';
import { startEmbedded } from '../src/db/embedded.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the run's databases live: the folder of an embedded server, started by the first test that needs it, or `DATABASE_URL`. */
    databases: { dataDir: string; url: string | undefined; prefix: string };
  }
}

/** One database server for the whole run, gone with all its databases at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'encore-test-'));
  const url = readConfig({ DATABASE_URL: process.env.DATABASE_URL }).databaseUrl;
  const prefix = `encore_test_${process.pid}`;
  project.provide('databases', { dataDir, url, prefix });
  return async () => {
    if (url) await dropAll(url, prefix);
    else if ((await readdir(dataDir)).length > 0) await (await startEmbedded(dataDir)).leave();
    await rm(dataDir, { recursive: true, force: true });
  };
}

async function dropAll(url: string, prefix: string): Promise<void> {
  const server = createClient(url, 1);
  for (const { datname } of await server<{ datname: string }[]>`select datname from pg_database where starts_with(datname, ${prefix})`)
    await server`drop database if exists ${server(datname)} with (force)`;
  await server.end();
}
