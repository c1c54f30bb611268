import type { Sql } from 'postgres';

/**
 * Ties a demo to the song it became, instead of any other, or to none.
 * @returns false when the workspace has no such demo
 */
export async function linkDemo(sql: Sql, { workspaceId, demoId, songId }: { workspaceId: string; demoId: string; songId: number | null }): Promise<boolean> {
  const linkedAt = songId === null ? sql`null` : sql`now()`;
  return (await sql`update demo set song_id = ${songId}, linked_at = ${linkedAt} where id = ${demoId} and workspace_id = ${workspaceId}`).count === 1;
}
