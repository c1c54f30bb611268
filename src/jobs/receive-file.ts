import { isBusy } from '../db/queries/demo-turns.ts';
import { noteShared } from '../db/queries/shared-together.ts';
import { UserError } from '../errors.ts';
import type { SlackContext } from '../slack/context.ts';
import { noteMessage, progressMessage } from '../slack/messages/words.ts';
import { explain } from '../slack/problem.ts';
import { openThreadReply } from '../slack/reply.ts';
import { lookUpFile, type SharedFile } from '../slack/shared-file.ts';
import { beginWork, mayTell, requestOf, sayPrivately, type DemoWork } from './demo-work.ts';
import type { Attempt } from './queue.ts';

/**
 * Finds out whether a shared file is a demo and, if so, says in its thread that it was seen and queues it: of twenty files dropped at
 * once the last one is acknowledged long before its turn comes.
 */
export async function receiveFile(context: SlackContext, { payload: ask, tries, signal }: Attempt<'receive-file'>): Promise<void> {
  const work = await beginWork(context, ask, signal);
  const { client, reader } = work;
  const { services } = context;
  if (ask.userId === work.botUserId) return;
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
    if (file.soundsLikeAudio) await reply.begin(progressMessage(file.title, (await isBusy(services.db.sql, 'score-demo')) ? 'waiting' : 'downloading', reader.text));
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'not-in-channel') throw error;
    return services.log.info('the app may not write where a file was shared');
  }
  await context.queue.send('score-demo', { ...ask, threadTs: file.threadTs });
}

/** Recordings and other files in one message: what becomes of the others is said once, however many they are. */
async function tellOfOthers(work: DemoWork, file: SharedFile): Promise<void> {
  const { context, ask, reader } = work;
  if (file.messageTs === undefined) return;
  const mixed = await noteShared(context.services.db.sql, { ...ask, ts: file.messageTs }, file.soundsLikeAudio ? 'recording' : 'other');
  if (mixed && (await mayTell(work, file))) await sayPrivately(work, noteMessage(reader.text.t('files.left-alone')), file.threadTs !== file.messageTs ? file.threadTs : undefined);
}
