import { UserError } from '../errors.ts';
import type { SlackContext } from '../slack/context.ts';
import { explain } from '../slack/problem.ts';
import { openThreadReply } from '../slack/reply.ts';
import { beginWork, requestOf, restoreAnswer } from './demo-work.ts';
import type { Attempt } from './queue.ts';

/** Every attempt at a demo failed, by error, by time or by a dying process: its one message says so, or holds what it held before. */
export async function scoreDemoFailed(context: SlackContext, { payload: ask, signal }: Attempt<'score-demo-failed'>): Promise<void> {
  const work = await beginWork(context, ask, signal);
  const reply = await openThreadReply(context.services, work.client, { ...requestOf(ask), threadTs: ask.threadTs });
  if (reply.answered) return;
  const why = new UserError('gave-up');
  if (ask.hookStart !== undefined) await restoreAnswer(work, reply, why);
  else await reply.finish(explain(why, work.reader.text, context.services.log));
}
