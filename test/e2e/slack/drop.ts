import { expect } from 'vitest';
import type { Workspace } from './workspace.ts';

const ANSWER_MS = 30_000;

export type Told = { ts: string; text: string; blocks: { type: string }[]; words: string };
export type Dropped = { fileId: string; ts: string; reply: Told };
export type Button = { action_id: string; value: string };

export const scored = (words: string) => words.includes('Score ') && !words.includes('hourglass');
export const refused = (words: string) => words.includes(':warning:');

export const sharedEvent = (workspace: Workspace, fileId: string) => ({ type: 'file_shared', file_id: fileId, user_id: workspace.userId, file: { id: fileId }, channel_id: workspace.channel, event_ts: '1' });

/** Waits for the one reply in a file's thread to stop being progress. */
export async function replyTo(workspace: Workspace, ts: string, settled: (words: string) => boolean): Promise<Told> {
  await expect.poll(async () => settled(JSON.stringify(await workspace.thread(ts))), { timeout: ANSWER_MS, interval: 100 }).toBe(true);
  const messages = await workspace.thread(ts);
  expect(messages).toHaveLength(1);
  return { ...messages[0], words: JSON.stringify(messages[0]) };
}

/** A person drops a file into the channel; resolves with its answer. */
export async function dropFile(workspace: Workspace, name: string, bytes: Uint8Array, settled = scored): Promise<Dropped> {
  const { fileId, ts } = await workspace.share(name, bytes);
  expect(await workspace.event(sharedEvent(workspace, fileId))).toMatchObject({ status: 200 });
  return { fileId, ts, reply: await replyTo(workspace, ts, settled) };
}

/** A press on a button of an answer in its thread; `team` is this workspace unless told. */
export async function pressIn(workspace: Workspace, { ts, reply }: Dropped, button: Button, team = workspace.teamId): Promise<void> {
  const payload = {
    type: 'block_actions',
    team: { id: team, domain: 'harbour' },
    channel: { id: workspace.channel, name: 'demos' },
    container: { type: 'message', message_ts: reply.ts, thread_ts: ts, channel_id: workspace.channel, is_ephemeral: false },
    message: { type: 'message', ts: reply.ts, thread_ts: ts },
    response_url: `${workspace.proxy.url}/respond/press`,
    actions: [{ type: 'button', block_id: 'b', action_ts: '1', ...button }],
  };
  expect(await workspace.interact(payload)).toMatchObject({ status: 200 });
}
