import { addDemoChannel, removeDemoChannel } from '../db/queries/demo-channels.ts';
import { answerOfContent, answerOfFile } from '../db/queries/demo-answer.ts';
import { forgetDemo, storeScoredDemo } from '../db/queries/demo-store.ts';
import { rememberWorkspace } from '../db/queries/slack-workspace.ts';
import { UserError } from '../errors.ts';
import { loadScoreCard } from '../score/card.ts';
import { contentHash } from '../score/content-hash.ts';
import { activeScoreModel } from '../score/own-model.ts';
import { scoreFile } from '../score/score.ts';
import { packAnswer, unpackAnswer } from '../score/stored-answer.ts';
import type { ScoreAnswer } from '../score/types.ts';
import type { SlackContext } from '../slack/context.ts';
import { downloadFile } from '../slack/files.ts';
import { progressMessage } from '../slack/messages/words.ts';
import { explain } from '../slack/problem.ts';
import { openThreadReply, type Reply } from '../slack/reply.ts';
import { lookUpFile, type SharedFile } from '../slack/shared-file.ts';
import { answerMessage, beginWork, mayTell, requestOf, restoreAnswer, type DemoWork } from './demo-work.ts';
import type { Attempt } from './queue.ts';
import { withStagedFile } from './staging.ts';

/** `scoredAt`: when the same recording was scored first in this conversation, for an answer that was found and not made. */
type Found = { answer: ScoreAnswer; scoredAt?: Date };

/**
 * Scores a demo whose turn has come and answers in its one message. An attempt that fails for want of something (Slack, database, a
 * killed process) is made again by the queue and finds the same message; what can't be mended is said at once.
 */
export async function scoreDemo(context: SlackContext, { payload: ask, signal }: Attempt<'score-demo'>): Promise<void> {
  const work = await beginWork(context, ask, signal);
  const reply = await openThreadReply(context.services, work.client, { ...requestOf(ask), threadTs: ask.threadTs });
  if (reply.answered) return;
  let file: SharedFile | undefined;
  try {
    file = await lookUpFile(work.client, ask.fileId, ask.channel, Infinity);
    const { answer, scoredAt } = await find(work, file, reply);
    const message = await answerMessage(work, answer, reply, scoredAt);
    await requireStillShared(work, file);
    await reply.finish(message);
  } catch (error) {
    if (!(error instanceof UserError) || signal.aborted) throw error;
    await sayWhy(work, reply, error, file);
  }
}

async function sayWhy(work: DemoWork, reply: Reply, error: UserError, file: SharedFile | undefined): Promise<void> {
  const { context: { services }, reader, ask } = work;
  if (error.code === 'not-in-channel') return services.log.info('the app may not write where a file was shared');
  if (ask.hookStart !== undefined) return await restoreAnswer(work, reply, error);
  if (!file || file.soundsLikeAudio || (await mayTell(work, file))) await reply.finish(explain(error, reader.text, services.log));
}

/** A file deleted while it was scored leaves nothing, and one that left the conversation isn't seen there: both may have been told before the score was stored. */
async function requireStillShared({ context, client, ask }: DemoWork, before: SharedFile): Promise<void> {
  const { sql } = context.services.db;
  const now = await lookUpFile(client, ask.fileId, ask.channel, Infinity).catch(async (error: unknown) => {
    if (error instanceof UserError && error.code === 'file-deleted') await forgetDemo(sql, ask.workspaceId, ask.fileId);
    throw error;
  });
  if (before.messageTs !== undefined && now.messageTs === undefined) await removeDemoChannel(sql, ask);
}

/** The answer: known for this very file (scored by an attempt that broke off later, or for another channel), for its bytes, or made now. */
async function find(work: DemoWork, file: SharedFile, reply: Reply): Promise<Found> {
  const { context: { services }, ask } = work;
  const { cardPath } = await activeScoreModel(services);
  const { id: model } = await loadScoreCard(cardPath);
  const kept = ask.hookStart === undefined ? await answerOfFile(services.db.sql, ask, ask.fileId) : undefined;
  const answer = kept?.model === model ? unpackAnswer(kept.answer, kept.demoId, file.title) : undefined;
  return answer ? { answer } : await download(work, file, async (path) => await findByContent(work, file, reply, { path, model }));
}

async function findByContent(work: DemoWork, file: SharedFile, reply: Reply, { path, model }: { path: string; model: string }): Promise<Found> {
  const { context: { services }, ask, reader } = work;
  const hash = await contentHash(path);
  const kept = ask.hookStart === undefined ? await answerOfContent(services.db.sql, { ...ask, contentHash: hash, model }) : undefined;
  const known = kept && unpackAnswer(kept.answer, kept.demoId, file.title);
  if (known) return { answer: await store(work, file, known, hash), ...(kept.scoredAt && { scoredAt: kept.scoredAt }) };
  if (file.soundsLikeAudio) await reply.progress(progressMessage(file.title, 'listening', reader.text));
  const made = await scoreFile(services, { path, title: file.title, maxBytes: services.config.uploadMaxBytes, ...(ask.hookStart !== undefined && { hookStart: ask.hookStart }) });
  return { answer: await store(work, file, made, hash) };
}

async function download<T>({ context, token, signal }: DemoWork, { url, bytes }: SharedFile, use: (path: string) => Promise<T>): Promise<T> {
  const { services: { config }, fileOrigins: origins } = context;
  const maxBytes = config.uploadMaxBytes;
  if (bytes > maxBytes) throw new UserError('upload-too-large', { limit: Math.round(maxBytes / 1e6) });
  return await withStagedFile(config, async (path) => {
    await downloadFile({ url, token, path, maxBytes, origins, signal });
    return await use(path);
  });
}

async function store({ context: { services: { db } }, ask }: DemoWork, file: SharedFile, answer: ScoreAnswer, hash: string): Promise<ScoreAnswer> {
  const { workspaceId, fileId, userId, channel } = ask;
  await rememberWorkspace(db.sql, workspaceId);
  const demoId = await storeScoredDemo(db.sql, {
    workspaceId,
    slackFileId: fileId,
    sharedBy: userId,
    channel,
    contentHash: hash,
    title: answer.title,
    artist: answer.tags.artist ?? null,
    isrc: answer.tags.isrc ?? null,
    lufs: answer.level.lufs,
    seconds: answer.seconds,
    model: answer.model.id,
    percentile: answer.score,
    listeners: answer.listeners.value,
    playsPerListener: answer.playsPerListener.value,
    hookStart: answer.hook.start,
    hookEnd: answer.hook.end,
    hookBy: answer.hookBy,
    embedding: answer.embedding,
    answer: packAnswer(answer),
  });
  // Shared in two conversations at once, the second finds the first's demo here.
  if (file.messageTs !== undefined) await addDemoChannel(db.sql, ask);
  return { ...answer, demoId };
}
