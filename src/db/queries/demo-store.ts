import type { Sql } from 'postgres';

export type ScoredDemo = {
  workspaceId: string;
  slackFileId: string | null;
  contentHash: string;
  title: string;
  seconds: number;
  model: string;
  percentile: number;
  listeners: number;
  playsPerListener: number;
  hookStart: number;
  hookEnd: number;
};

/** Stores a demo with its score, in one statement. Scoring the same file again replaces what was said of it. @returns the demo's id. */
export async function storeScoredDemo(sql: Sql, demo: ScoredDemo): Promise<string> {
  const [row] = await sql<{ demoId: string }[]>`
    with replaced as (
      delete from demo where workspace_id = ${demo.workspaceId} and slack_file_id = ${demo.slackFileId}
    ), stored as (
      insert into demo (workspace_id, slack_file_id, content_hash, title, seconds)
      values (${demo.workspaceId}, ${demo.slackFileId}, ${demo.contentHash}, ${demo.title}, ${demo.seconds})
      returning id
    )
    insert into score (demo_id, model, percentile, listeners, plays_per_listener, hook_start, hook_end)
    select id, ${demo.model}, ${demo.percentile}, ${demo.listeners}, ${demo.playsPerListener}, ${demo.hookStart}, ${demo.hookEnd} from stored
    returning demo_id as "demoId"`;
  return row.demoId;
}

/** Deletes every trace of a Slack file: demo and, by cascade, scores. @returns how many demos were deleted. */
export async function forgetDemo(sql: Sql, workspaceId: string, slackFileId: string): Promise<number> {
  const rows = await sql`delete from demo where workspace_id = ${workspaceId} and slack_file_id = ${slackFileId} returning id`;
  return rows.length;
}
