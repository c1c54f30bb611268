import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import * as schema from './schema/index.ts';

export type Orm = PostgresJsDatabase<typeof schema>;

/** @param client becomes drizzle's own: it changes how the client reads and writes dates. */
export const createOrm = (client: postgres.Sql): Orm => drizzle(client, { schema });
