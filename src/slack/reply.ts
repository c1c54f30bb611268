import type { WebClient } from '@slack/web-api';
import { closeReply, hasReply, holdPicture, openReply, placeReply } from '../db/queries/reply-state.ts';
import type { Services } from '../services.ts';
import { deleteFile } from './files.ts';
import { pictureIn, type Message } from './messages/message.ts';
import { postMessage, updateMessage } from './post.ts';

/** The one message of a request. */
export type Reply = {
  /** True when an earlier attempt already answered: nothing is left to do. */
  answered: boolean;
  /** Shows that the work began, before any of it is done. @throws UserError not-in-channel. */
  begin(message: Message): Promise<void>;
  /** Shows how far the work is; what can't be shown is logged and skipped. */
  progress(message: Message): Promise<void>;
  /** Takes note of a picture that was uploaded for the answer. */
  hold(pictureId: string): Promise<void>;
  /** Shows the answer, or the failure, for good; pictures that it does not show are deleted. */
  finish(message: Message): Promise<void>;
};

export type ReplyTo = { workspaceId: string; requestId: string; channel: string; threadTs: string | undefined };

/**
 * Opens the reply of a request: the first message is posted in the thread, each later one replaces it, in this process or in one
 * that takes the job over. A message that someone deleted meanwhile is posted anew, unless the whole request was forgotten.
 */
export async function openThreadReply({ db, log }: Services, client: WebClient, to: ReplyTo): Promise<Reply> {
  const state = await openReply(db.sql, to.workspaceId, to.requestId, to.channel);
  const threadTs = state.threadTs ?? to.threadTs;
  let messageTs = state.messageTs;
  const show = async (message: Message) => {
    if (messageTs && (await updateMessage(client, to.channel, messageTs, message))) return;
    if (messageTs && !(await hasReply(db.sql, to.workspaceId, to.requestId))) return;
    messageTs = await postMessage(client, { channel: to.channel, threadTs }, message);
    await placeReply(db.sql, to.workspaceId, to.requestId, threadTs ?? null, messageTs);
  };
  return {
    answered: state.answered,
    begin: show,
    progress: async (message) => await show(message).catch((error: unknown) => log.warn({ err: error }, 'progress')),
    hold: async (pictureId) => {
      const unwanted = await holdPicture(db.sql, to.workspaceId, to.requestId, pictureId);
      if (unwanted) await deleteFile(client, unwanted);
    },
    finish: async (message) => {
      await show(message);
      for (const picture of await closeReply(db.sql, to.workspaceId, to.requestId, pictureIn(message) ?? null)) await deleteFile(client, picture);
    },
  };
}
