import type { WebClient } from '@slack/web-api';
import { scoreChart } from '../charts/score.ts';
import { forgetDemo, storeScoredDemo } from '../db/queries/demo-store.ts';
import { noteShared, takeWord } from '../db/queries/shared-together.ts';
import { rememberWorkspace } from '../db/queries/slack-workspace.ts';
import { UserError } from '../errors.ts';
import { contentHash } from '../score/content-hash.ts';
import { scoreFile } from '../score/score.ts';
import type { ScoreAnswer } from '../score/types.ts';
import type { Services } from '../services.ts';
import { pictureOf } from '../slack/answers/picture.ts';
import type { SlackContext } from '../slack/context.ts';
import { downloadFile } from '../slack/files.ts';
import type { Message } from '../slack/messages/message.ts';
import { scoreMessage } from '../slack/messages/score.ts';
import { noteMessage, progressMessage, type Stage } from '../slack/messages/words.ts';
import { explain } from '../slack/problem.ts';
import type { Reader } from '../slack/reader.ts';
import { openThreadReply, type Reply } from '../slack/reply.ts';
import { lookUpFile, type SharedFile } from '../slack/shared-file.ts';
import type { Attempt } from './queue.ts';
import type { Payload } from './queues.ts';
import { withStagedFile } from './staging.ts';

type Ask = Payload<'score-demo'>;
type Work = { context: SlackContext; client: WebClient; token: string; reader: Reader; ask: Ask; signal: AbortSignal };

/** The request that a shared file is: one answer for each channel it is shared in. */
export const requestOf = ({ workspaceId, fileId, channel }: Ask) => ({ workspaceId, channel, requestId: `${fileId}:${channel}` });

/**
 * Scores a shared file and answers in its thread, in one message. An attempt that fails for want of something (Slack, database, a
 * killed process) is made again by the queue and finds the same message; what can't be mended is said at once.
 */
export async function scoreDemo(context: SlackContext, { payload: ask, tries, signal }: Attempt<'score-demo'>): Promise<void> {
  const { services } = context;
  const { client, botUserId, token } = await context.connect(ask.workspaceId);
  if (ask.userId === botUserId) return;
  const reader = await context.readerOf(client, ask.workspaceId, ask.userId);
  const work = { context, client, token, reader, ask, signal };
  const file = await lookUpFile(client, ask.fileId, ask.channel, tries).catch(async (error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    await sayPrivately(work, explain(error, reader.text, services.log));
  });
  if (!file) return;
  await tellOfOthers(work, file);
  if (!(file.soundsLikeAudio || ask.channel.startsWith('D'))) return;
  const reply = await openThreadReply(services, client, { ...requestOf(ask), threadTs: file.threadTs });
  if (reply.answered) return;
  try {
    if (file.soundsLikeAudio) await reply.begin(progressMessage(file.title, 'downloading', reader.text));
    await reply.finish(await answer(work, file, reply));
  } catch (error) {
    if (!(error instanceof UserError) || signal.aborted) throw error;
    if (error.code === 'not-in-channel') return services.log.info('the app may not write where a file was shared');
    if (file.soundsLikeAudio || (await mayTell(work, file))) await reply.finish(explain(error, reader.text, services.log));
  }
}

/** Recordings and other files in one message: what becomes of the others is said once, however many they are. */
async function tellOfOthers(work: Work, file: SharedFile): Promise<void> {
  const { context, ask, reader } = work;
  if (file.messageTs === undefined) return;
  const mixed = await noteShared(context.services.db.sql, { ...ask, ts: file.messageTs }, file.soundsLikeAudio ? 'recording' : 'other');
  if (mixed && (await mayTell(work, file))) await sayPrivately(work, noteMessage(reader.text.t('files.left-alone')), file);
}

const mayTell = async ({ context, ask }: Work, { messageTs }: SharedFile): Promise<boolean> => messageTs === undefined || (await takeWord(context.services.db.sql, { ...ask, ts: messageTs }));

/** What concerns a file that may be anybody's picture is told to its owner alone. */
async function sayPrivately({ client, ask, context }: Work, message: Message, file?: SharedFile): Promise<void> {
  const thread = file?.threadTs !== undefined && file.threadTs !== file.messageTs ? { thread_ts: file.threadTs } : {};
  await client.chat.postEphemeral({ channel: ask.channel, user: ask.userId, ...thread, ...message }).catch((error: unknown) => context.services.log.warn({ err: error }, 'private word'));
}

async function answer(work: Work, file: SharedFile, reply: Reply): Promise<Message> {
  const { context, client, reader, ask } = work;
  const show = async (stage: Stage) => {
    if (file.soundsLikeAudio) await reply.progress(progressMessage(file.title, stage, reader.text));
  };
  const { score, hash } = await downloadAndScore(work, file, show);
  await show('drawing');
  const picture = await pictureOf(context.services, client, scoreChart(score, reader.text), `score-${ask.fileId}.png`);
  await store(context.services, ask, score, hash);
  await requireStillShared(work);
  return scoreMessage(score, reader.text, picture);
}

/** A file deleted while it was scored leaves nothing: its deletion may have been handled before the score was stored. */
async function requireStillShared({ context, client, ask }: Work): Promise<void> {
  await lookUpFile(client, ask.fileId, ask.channel, Infinity).catch(async (error: unknown) => {
    if (error instanceof UserError && error.code === 'file-deleted') await forgetDemo(context.services.db.sql, ask.workspaceId, ask.fileId);
    throw error;
  });
}

async function downloadAndScore({ context, token, signal }: Work, file: SharedFile, show: (stage: Stage) => Promise<void>) {
  const { services, fileOrigins: origins } = context;
  const maxBytes = services.config.uploadMaxBytes;
  if (file.bytes > maxBytes) throw new UserError('upload-too-large', { limit: Math.round(maxBytes / 1e6) });
  return await withStagedFile(services.config, async (path) => {
    await downloadFile({ url: file.url, token, path, maxBytes, origins, signal });
    await show('listening');
    const [score, hash] = await Promise.all([scoreFile(services, { path, title: file.title, maxBytes }), contentHash(path)]);
    return { score, hash };
  });
}

async function store({ db }: Services, { workspaceId, fileId }: Ask, score: ScoreAnswer, hash: string): Promise<void> {
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
