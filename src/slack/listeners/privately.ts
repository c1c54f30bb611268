import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { SlackContext } from '../context.ts';
import { withoutPictures, type Message } from '../messages/message.ts';
import { explain } from '../problem.ts';
import type { Reader } from '../reader.ts';

/** Who asked, and how to answer only them. */
export type Asked = { client: WebClient; workspaceId: string; userId: string; respond: RespondFn };

/**
 * The one wrapper of every private answer: runs the work in the reader's language and turns whatever it throws into words.
 * @param replace true when a button was pressed: the message that held it becomes the answer.
 */
export async function answerPrivately(context: SlackContext, asked: Asked, replace: boolean, work: (reader: Reader) => Promise<Message>): Promise<void> {
  const { log } = context.services;
  const reader = await context.readerOf(asked.client, asked.workspaceId, asked.userId);
  const message = await work(reader).catch((error: unknown) => explain(error, reader.text, log));
  const send = async (body: Message) => void (await asked.respond({ ...body, response_type: 'ephemeral', replace_original: replace }));
  await send(message).catch(async (error: unknown) => {
    log.warn({ err: error }, 'the answer was refused; sending it without pictures');
    await send(withoutPictures(message));
  });
}
