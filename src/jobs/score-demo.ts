import type { WebClient } from '@slack/web-api';
import { scoreChart } from '../charts/score.ts';
import { storeScoredDemo } from '../db/queries/demo-store.ts';
import { rememberWorkspace } from '../db/queries/slack-workspace.ts';
import { UserError } from '../errors.ts';
import { contentHash } from '../score/content-hash.ts';
import { scoreFile } from '../score/score.ts';
import type { ScoreAnswer } from '../score/types.ts';
import type { Services } from '../services.ts';
import { pictureOf } from '../slack/answers/picture.ts';
import type { SlackContext } from '../slack/context.ts';
import { downloadFile } from '../slack/files.ts';
import { scoreMessage } from '../slack/messages/score.ts';
import { progressMessage, type Stage } from '../slack/messages/words.ts';
import { explain } from '../slack/problem.ts';
import type { Reader } from '../slack/reader.ts';
import { openThreadReply, type Reply } from '../slack/reply.ts';
import { lookUpFile, type SharedFile } from '../slack/shared-file.ts';
import type { Attempt } from './queue.ts';
import { withStagedFile } from './staging.ts';

type Work = { context: SlackContext; client: WebClient; token: string; reader: Reader; attempt: Attempt<'score-demo'> };

/**
 * Scores a shared file and answers in its thread, in one message. An attempt that fails for want of something (Slack, database, a
 * killed process) is made again by the queue and finds the same message; only the last one tells the user.
 */
export async function scoreDemo(context: SlackContext, attempt: Attempt<'score-demo'>): Promise<void> {
  const { services } = context;
  const { workspaceId, fileId, channel, userId } = attempt.payload;
  const { client, botUserId, token } = await context.connect(workspaceId);
  if (userId === botUserId) return;
  const reader = await context.readerOf(client, workspaceId, userId);
  const open = async (threadTs?: string) => await openThreadReply(services, client, { workspaceId, requestId: `${fileId}:${channel}`, channel, threadTs });
  let reply: Reply | undefined;
  try {
    const file = await lookUpFile(client, fileId, channel);
    if (!file.soundsLikeAudio && !channel.startsWith('D')) return;
    reply = await open(file.threadTs);
    if (!reply.answered) await reply.finish(await answer({ context, client, token, reader, attempt }, file, reply));
  } catch (error) {
    if (attempt.signal.aborted || (!(error instanceof UserError) && !attempt.last)) throw error;
    reply ??= await open();
    if (!reply.answered) await reply.finish(explain(error, reader.text, services.log));
  }
}

async function answer(work: Work, file: SharedFile, reply: Reply) {
  const { context, client, reader, attempt } = work;
  const show = async (stage: Stage) => await reply.progress(progressMessage(file.title, stage, reader.text));
  const { score, hash } = await downloadAndScore(work, file, show);
  await show('drawing');
  const picture = await pictureOf(context.services, client, scoreChart(score, reader.text), `score-${attempt.payload.fileId}.png`);
  // The file may have been deleted meanwhile, and its deletion handled: then nothing of it may be kept or shown.
  await lookUpFile(client, attempt.payload.fileId, attempt.payload.channel);
  await store(context.services, attempt.payload, score, hash);
  return scoreMessage(score, reader.text, picture);
}

async function downloadAndScore({ context, token, attempt }: Work, file: SharedFile, show: (stage: Stage) => Promise<void>) {
  const { services, fileOrigins: origins } = context;
  const maxBytes = services.config.uploadMaxBytes;
  if (file.bytes > maxBytes) throw new UserError('upload-too-large', { limit: Math.round(maxBytes / 1e6) });
  return await withStagedFile(services.config, async (path) => {
    await show('downloading');
    await downloadFile({ url: file.url, token, path, maxBytes, origins, signal: attempt.signal });
    await show('listening');
    const [score, hash] = await Promise.all([scoreFile(services, { path, title: file.title, maxBytes, signal: attempt.signal }), contentHash(path)]);
    return { score, hash };
  });
}

async function store({ db }: Services, { workspaceId, fileId }: Attempt<'score-demo'>['payload'], score: ScoreAnswer, hash: string): Promise<void> {
  await rememberWorkspace(db.sql, workspaceId);
  await storeScoredDemo(db.sql, {
    workspaceId,
    slackFileId: fileId,
    contentHash: hash,
    title: score.title,
    seconds: score.seconds,
    model: score.model.id,
    percentile: score.score,
    listeners: score.listeners.value,
    playsPerListener: score.playsPerListener.value,
    hookStart: score.hook.start,
    hookEnd: score.hook.end,
  });
}
