import { listDemos } from '../../db/queries/demo-list.ts';
import { outcomesOf } from '../../score/outcome.ts';
import type { SlackContext } from '../context.ts';
import { CHOICES, demosMessage, PAGE_DEMOS } from '../messages/demos.ts';
import type { Message } from '../messages/message.ts';
import type { Reader } from '../reader.ts';

/** One page of the workspace's demos, newest first. */
export async function answerDemos({ services }: SlackContext, reader: Reader, page: number): Promise<Message> {
  const { sql } = services.db;
  const { demos, total } = await listDemos(sql, reader.workspaceId, { limit: PAGE_DEMOS, offset: page * PAGE_DEMOS });
  const { demos: recent } = await listDemos(sql, reader.workspaceId, { limit: CHOICES, offset: 0 });
  return demosMessage({ demos, total, page, recent, outcomes: await outcomesOf(services, demos) }, reader);
}
