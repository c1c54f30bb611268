import type { Sql } from 'postgres';

type File = { workspaceId: string; fileId: string };

/** Deletes what was noted of a file among the events: their own ids name no file, the notes beside them do. */
export async function forgetNotes(sql: Sql, { workspaceId, fileId }: File): Promise<void> {
  await sql`delete from slack_event where workspace_id = ${workspaceId} and ${fileId} = any(string_to_array(event_id, ':'))`;
}

/**
 * Deletes the jobs about a file, waiting or done, but those being worked at, and takes it out of those about several files.
 * @returns how many are being worked at, those that forget it aside.
 */
export async function forgetJobs(sql: Sql, { workspaceId, fileId }: File): Promise<number> {
  await sql`delete from job.job where data->>'workspaceId' = ${workspaceId} and data->>'fileId' = ${fileId} and state <> 'active'`;
  await sql`
    update job.job set data = jsonb_set(data, '{files}', (data->'files') - ${fileId}::text)
    where data->>'workspaceId' = ${workspaceId} and data->'files' ? ${fileId} and state <> 'active'`;
  const [{ count }] = await sql<{ count: number }[]>`
    select count(*) from job.job
    where data->>'workspaceId' = ${workspaceId} and (data->>'fileId' = ${fileId} or data->'files' ? ${fileId}) and name <> 'forget-demo'`;
  return count;
}

/** Deletes a job that is being worked at: nothing is left to complete. */
export async function forgetJob(sql: Sql, id: string): Promise<void> {
  await sql`delete from job.job where id = ${id}`;
}
