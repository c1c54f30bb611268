import type { SlackContext } from '../slack/context.ts';
import { UserError } from '../errors.ts';
import { explain } from '../slack/problem.ts';
import { openThreadReply } from '../slack/reply.ts';
import type { Attempt } from './queue.ts';
import { requestOf } from './score-demo.ts';

/** Every attempt at a demo failed, by error, by time or by a dying process: its one message says so. */
export async function scoreDemoFailed({ services, connect, readerOf }: SlackContext, { payload }: Attempt<'score-demo-failed'>): Promise<void> {
  const { client } = await connect(payload.workspaceId);
  const reader = await readerOf(client, payload.workspaceId, payload.userId);
  const reply = await openThreadReply(services, client, { ...requestOf(payload), threadTs: undefined });
  if (!reply.answered) await reply.finish(explain(new UserError('gave-up'), reader.text, services.log));
}
