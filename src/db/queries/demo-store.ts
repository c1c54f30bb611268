import type { Sql } from 'postgres';

export type ScoredDemo = {
  workspaceId: string;
  slackFileId: string | null;
  /** Of a file not known yet: who shared it, and where. */
  sharedBy: string;
  channel: string;
  contentHash: string;
  title: string;
  artist: string | null;
  isrc: string | null;
  lufs: number | null;
  seconds: number;
  model: string;
  percentile: number;
  listeners: number;
  playsPerListener: number;
  hookStart: number;
  hookEnd: number;
  hookBy: string;
  embedding: number[];
  /** As packAnswer makes it. */
  answer: Record<string, unknown>;
};

/**
 * Stores a demo with its score. Scoring the same file again replaces what was said of it and keeps the demo itself, with the song it
 * became and its sharer: another person may have asked. The workspace's row is locked meanwhile, so that of two at once the second finds the first's.
 * @returns the demo's id.
 */
export async function storeScoredDemo(sql: Sql, demo: ScoredDemo): Promise<string> {
  return await sql.begin(async (tx) => {
    await tx`select from workspace where id = ${demo.workspaceId} for no key update`;
    const facts = { content_hash: demo.contentHash, title: demo.title, artist: demo.artist, isrc: demo.isrc, lufs: demo.lufs, seconds: demo.seconds };
    const [known] = await tx<{ id: string }[]>`update demo set ${tx(facts)} where workspace_id = ${demo.workspaceId} and slack_file_id = ${demo.slackFileId} returning id`;
    const [{ id }] = known ? [known] : await tx<{ id: string }[]>`insert into demo ${tx({ ...facts, workspace_id: demo.workspaceId, slack_file_id: demo.slackFileId, shared_by: demo.sharedBy, channels: [demo.channel] })} returning id`;
    await tx`delete from score where demo_id = ${id}`;
    await tx`
      insert into score (demo_id, model, percentile, listeners, plays_per_listener, hook_start, hook_end, hook_by, embedding, answer)
      values (${id}, ${demo.model}, ${demo.percentile}, ${demo.listeners}, ${demo.playsPerListener}, ${demo.hookStart}, ${demo.hookEnd}, ${demo.hookBy},
        ${demo.embedding}, ${sql.json(demo.answer as never)})`;
    return id;
  });
}

/** Deletes every trace of a Slack file: demo and, by cascade, scores. @returns how many demos were deleted. */
export async function forgetDemo(sql: Sql, workspaceId: string, slackFileId: string): Promise<number> {
  const rows = await sql`delete from demo where workspace_id = ${workspaceId} and slack_file_id = ${slackFileId} returning id`;
  return rows.length;
}
