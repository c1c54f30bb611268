import type { Sql } from 'postgres';
import { seenBy, type DemoReader } from './demo-seen.ts';

/** What was answered of a demo: `answer` as packAnswer made it. */
export type KeptAnswer = { demoId: string; title: string; answer: Record<string, unknown> };

type Content = { workspaceId: string; channel: string; contentHash: string; model: string };

/** What was last answered of a Slack file, to somebody who sees it. */
export async function answerOfFile(sql: Sql, reader: DemoReader, slackFileId: string): Promise<(KeptAnswer & { model: string }) | undefined> {
  const [row] = await sql<(KeptAnswer & { model: string })[]>`
    select d.id as "demoId", d.title, score.model, score.answer
    from demo d join score on score.demo_id = d.id
    where ${seenBy(sql, reader)} and d.slack_file_id = ${slackFileId} and score.answer is not null`;
  return row;
}

/**
 * The oldest answer that a model gave of a file with the same bytes, whatever that file is called. Of the workspace's own files only,
 * and only where the hook was found: another one's choice of a part isn't an answer to this file.
 * `scoredAt`: when it was first scored in this conversation; absent when it was elsewhere, of which nothing may be learned here.
 */
export async function answerOfContent(sql: Sql, { workspaceId, channel, contentHash, model }: Content): Promise<(KeptAnswer & { scoredAt: Date | null }) | undefined> {
  const [row] = await sql<(KeptAnswer & { scoredAt: Date | null })[]>`
    select d.id as "demoId", d.title, score.answer, min(score.made_at) filter (where ${seenBy(sql, { workspaceId, channel })}) over () as "scoredAt"
    from demo d join score on score.demo_id = d.id
    where d.workspace_id = ${workspaceId} and d.content_hash = ${contentHash} and score.model = ${model}
      and score.hook_by <> 'user' and score.answer is not null
    order by score.made_at
    limit 1`;
  return row;
}
