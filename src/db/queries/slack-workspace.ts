import type { Sql } from 'postgres';

/** Makes sure the workspace exists before anything refers to it. */
export async function rememberWorkspace(sql: Sql, workspaceId: string): Promise<void> {
  await sql`insert into workspace (id) values (${workspaceId}) on conflict do nothing`;
}
