import type { Sql, TransactionSql } from 'postgres';

type Share = { workspaceId: string; fileId: string; channel: string };

/** A file that is a demo already was shared in this conversation, too; whoever shared it first stays its sharer. */
export async function addDemoChannel(sql: Sql | TransactionSql, { workspaceId, fileId, channel }: Share): Promise<void> {
  await sql`
    update demo set channels = array_append(channels, ${channel})
    where workspace_id = ${workspaceId} and slack_file_id = ${fileId} and ${channel} <> all(channels)`;
}

/** A file is no longer shared in this conversation. */
export async function removeDemoChannel(sql: Sql | TransactionSql, { workspaceId, fileId, channel }: Share): Promise<void> {
  await sql`update demo set channels = array_remove(channels, ${channel}) where workspace_id = ${workspaceId} and slack_file_id = ${fileId}`;
}
