import type { Sql } from 'postgres';

export type DemoMarker = { seed: number; size: number; complete: boolean };

/** Which demo catalogue the database holds or is being filled with, if any. */
export async function demoMarker(sql: Sql): Promise<DemoMarker | undefined> {
  const [row] = await sql<DemoMarker[]>`select seed, size, loaded_at is not null as complete from demo_catalogue`;
  return row;
}

/** Notes that the loading begins, before anything is loaded. */
export async function markDemoBegun(sql: Sql, seed: number, size: number): Promise<void> {
  await sql`
    insert into demo_catalogue (seed, size) values (${seed}, ${size})
    on conflict (one) do update set seed = excluded.seed, size = excluded.size, loaded_at = null`;
}

export async function markDemoLoaded(sql: Sql): Promise<void> {
  await sql`update demo_catalogue set loaded_at = now()`;
}
