import type { WebClient } from '@slack/web-api';
import { scoreChart } from '../charts/score.ts';
import { answerOfFile } from '../db/queries/demo-answer.ts';
import { takeWord } from '../db/queries/shared-together.ts';
import type { UserError } from '../errors.ts';
import { unpackAnswer } from '../score/stored-answer.ts';
import type { ScoreAnswer } from '../score/types.ts';
import { pictureOf } from '../slack/answers/picture.ts';
import type { SlackContext } from '../slack/context.ts';
import type { Message } from '../slack/messages/message.ts';
import { againNote, scoreButtons } from '../slack/messages/score-buttons.ts';
import { scoreMessage } from '../slack/messages/score.ts';
import { explain } from '../slack/problem.ts';
import type { Reader } from '../slack/reader.ts';
import type { Reply } from '../slack/reply.ts';
import type { SharedFile } from '../slack/shared-file.ts';
import type { Payload } from './queues.ts';

/** A shared file at hand: by whom, where, and how to answer. */
export type DemoWork = { context: SlackContext; client: WebClient; token: string; botUserId: string; reader: Reader; ask: Payload<'score-demo'>; signal: AbortSignal };

export async function beginWork(context: SlackContext, ask: Payload<'score-demo'>, signal: AbortSignal): Promise<DemoWork> {
  const { client, token, botUserId } = await context.connect(ask.workspaceId);
  return { context, client, token, botUserId, reader: await context.readerOf(client, ask.workspaceId, ask.userId), ask, signal };
}

/** The request that a shared file is: one answer for each channel it is shared in. */
export const requestOf = ({ workspaceId, fileId, channel }: Payload<'receive-file'>) => ({ workspaceId, channel, requestId: `${fileId}:${channel}` });

/** Of all files of a message that may be nobody's demo, one may be spoken of. */
export const mayTell = async ({ context, ask }: DemoWork, { messageTs }: SharedFile): Promise<boolean> => messageTs === undefined || (await takeWord(context.services.db.sql, { ...ask, ts: messageTs }));

/** What concerns one person is told to that person alone. */
export async function sayPrivately({ client, ask, context }: DemoWork, message: Message, threadTs?: string): Promise<void> {
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  await client.chat.postEphemeral({ channel: ask.channel, user: ask.userId, ...thread, ...message }).catch((error: unknown) => context.services.log.warn({ err: error }, 'private word'));
}

/** The message of an answer, with its picture. @param scoredAt when the same recording was scored first in this conversation, if that is not now. */
export async function answerMessage({ context, client, reader, ask }: DemoWork, answer: ScoreAnswer, reply: Reply, scoredAt?: Date): Promise<Message> {
  const picture = await pictureOf(context.services, client, scoreChart(answer, reader.text), `score-${ask.fileId}.png`, reply.hold);
  const message = scoreMessage(answer, reader.text, picture, scoreButtons(answer, ask.fileId, reader.text));
  return { ...message, blocks: [...message.blocks, ...againNote(scoredAt, reader)] };
}

/** Another part could not be scored: the answer that the message held is shown again, and whoever asked learns why. */
export async function restoreAnswer(work: DemoWork, reply: Reply, why: UserError): Promise<void> {
  const { context, ask, reader } = work;
  const kept = await answerOfFile(context.services.db.sql, ask, ask.fileId);
  const answer = kept && unpackAnswer(kept.answer, kept.demoId, kept.title);
  const reason = explain(why, reader.text, context.services.log);
  await reply.finish(answer ? await answerMessage(work, answer, reply) : reason);
  if (answer) await sayPrivately(work, reason, ask.threadTs);
}
