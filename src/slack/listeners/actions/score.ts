import { z } from 'zod';
import { scoreWhyChart } from '../../../charts/score-why.ts';
import { answerOfFile } from '../../../db/queries/demo-answer.ts';
import { isBusy } from '../../../db/queries/demo-turns.ts';
import { reopenReply } from '../../../db/queries/reply-state.ts';
import { UserError } from '../../../errors.ts';
import { unpackAnswer } from '../../../score/stored-answer.ts';
import type { ScoreAnswer } from '../../../score/types.ts';
import { pictureOf } from '../../answers/picture.ts';
import type { SlackContext } from '../../context.ts';
import { scoreWhyMessage } from '../../messages/score-why.ts';
import { progressMessage } from '../../messages/words.ts';
import { updateMessage } from '../../post.ts';
import { openThreadReply } from '../../reply.ts';
import { answerPrivately } from '../privately.ts';
import { askedBy, demoReader, type Press } from './press.ts';

const demoAsk = z.object({ file: z.string().regex(/^\w+$/) });
const partAsk = demoAsk.extend({ start: z.number().nonnegative() });

/** "Score this part instead": the message that held the button shows the work and then the new score. What goes wrong is told to whoever pressed. */
export const anotherPart = (context: SlackContext) => async (press: Press) => await worked(context, press, startPart);

/** "What moved the score": a message of its own in the thread; pressed again, the same message. */
export const scoreWhy = (context: SlackContext) => async (press: Press) => await worked(context, press, showWhy);

async function worked(context: SlackContext, press: Press, work: (context: SlackContext, press: Press) => Promise<void>): Promise<void> {
  await press.ack();
  await work(context, press).catch(
    async (error: unknown) =>
      await answerPrivately(context, askedBy(press), false, async () => {
        throw error;
      }),
  );
}

/** Only the message that offered the part is worked at, and only once at a time: of a double press the second does nothing. */
async function startPart(context: SlackContext, press: Press): Promise<void> {
  const { services, queue } = context;
  const { workspaceId, userId, client } = askedBy(press);
  const { channel, messageTs, threadTs } = placeOf(press);
  const { file: fileId, start } = readPart(partAsk, press.action.value);
  const answer = await keptAnswer(context, press, fileId);
  // The hook itself is offered by a message of another channel that shows an earlier choice.
  const part = [answer.hook, ...answer.otherHooks].find((offered) => offered.start === start);
  if (!part) throw new UserError('part-unknown');
  const { text } = await context.readerOf(client, workspaceId, userId);
  const stage = (await isBusy(services.db.sql, 'score-demo')) ? 'waiting' : 'downloading';
  await services.db.sql.begin(async (tx) => {
    if (!(await reopenReply(tx, workspaceId, `${fileId}:${channel}`, messageTs))) return;
    await updateMessage(client, channel, messageTs, progressMessage(answer.title, stage, text)).catch((error: unknown) => services.log.warn({ err: error }, 'progress'));
    // Last: it takes the lock of all queues with turns, which must not wait for Slack.
    await queue.send('score-demo', { workspaceId, fileId, channel, userId, threadTs, hookStart: part.start }, tx);
  });
}

async function showWhy(context: SlackContext, press: Press): Promise<void> {
  const { workspaceId, userId, client } = askedBy(press);
  const { channel, threadTs } = placeOf(press);
  const { file: fileId } = readPart(demoAsk, press.action.value);
  const answer = await keptAnswer(context, press, fileId);
  const { text } = await context.readerOf(client, workspaceId, userId);
  const reply = await openThreadReply(context.services, client, { workspaceId, channel, threadTs, requestId: `${fileId}:${channel}:why` });
  const picture = await pictureOf(context.services, client, scoreWhyChart(answer, text), `score-why-${fileId}.png`, reply.hold);
  await reply.finish(scoreWhyMessage(answer, text, picture));
}

/** An answer stands in a thread, which its own timestamp opens where it stands alone. */
function placeOf({ body: { channel, container, message } }: Press): { channel: string; messageTs: string; threadTs: string } {
  const messageTs = String(container['message_ts'] ?? '');
  return { channel: channel?.id ?? '', messageTs, threadTs: String(message?.['thread_ts'] ?? container['thread_ts'] ?? messageTs) };
}

/** A button's value comes back from outside: anything but our own shape is refused. @throws UserError part-unknown */
function readPart<Shape>(shape: z.ZodType<Shape>, value = ''): Shape {
  try {
    return shape.parse(JSON.parse(value));
  } catch (error) {
    throw new UserError('part-unknown', {}, { cause: error });
  }
}

/** What was answered of a file that the presser sees. @throws UserError demo-gone after its deletion, and for a file of elsewhere */
async function keptAnswer({ services }: SlackContext, press: Press, fileId: string): Promise<ScoreAnswer> {
  const kept = await answerOfFile(services.db.sql, demoReader(press), fileId);
  if (!kept) throw new UserError('demo-gone');
  const answer = unpackAnswer(kept.answer, kept.demoId, kept.title);
  if (!answer) throw new UserError('part-unknown');
  return answer;
}
