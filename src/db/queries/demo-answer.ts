import type { Sql } from 'postgres';

/** What was answered of a demo: `answer` as packAnswer made it. */
export type KeptAnswer = { demoId: string; title: string; answer: Record<string, unknown>; scoredAt: Date };

type Content = { workspaceId: string; contentHash: string; model: string };

/** What was last answered of a Slack file. */
export async function answerOfFile(sql: Sql, workspaceId: string, slackFileId: string): Promise<(KeptAnswer & { model: string }) | undefined> {
  const [row] = await sql<(KeptAnswer & { model: string })[]>`
    select demo.id as "demoId", demo.title, score.model, score.answer, score.made_at as "scoredAt"
    from demo join score on score.demo_id = demo.id
    where demo.workspace_id = ${workspaceId} and demo.slack_file_id = ${slackFileId} and score.answer is not null`;
  return row;
}

/**
 * The oldest answer that a model gave of a file with the same bytes, whatever that file is called. Of the workspace's own files only,
 * and only where the hook was found: another one's choice of a part isn't an answer to this file.
 */
export async function answerOfContent(sql: Sql, { workspaceId, contentHash, model }: Content): Promise<KeptAnswer | undefined> {
  const [row] = await sql<KeptAnswer[]>`
    select demo.id as "demoId", demo.title, score.answer, score.made_at as "scoredAt"
    from demo join score on score.demo_id = demo.id
    where demo.workspace_id = ${workspaceId} and demo.content_hash = ${contentHash} and score.model = ${model}
      and score.hook_by <> 'user' and score.answer is not null
    order by score.made_at
    limit 1`;
  return row;
}
