import { listDemos } from '../../db/queries/demo-list.ts';
import type { DemoReader } from '../../db/queries/demo-seen.ts';
import { outcomesOf } from '../../score/outcome.ts';
import type { SlackContext } from '../context.ts';
import { CHOICES, demosMessage, PAGE_DEMOS } from '../messages/demos.ts';
import type { Message } from '../messages/message.ts';
import type { Reader } from '../reader.ts';

/** One page of the demos that the reader sees in this channel, newest first. */
export async function answerDemos({ services }: SlackContext, reader: Reader & DemoReader, page: number): Promise<Message> {
  const { sql } = services.db;
  const { demos, total } = await listDemos(sql, reader, { limit: PAGE_DEMOS, offset: page * PAGE_DEMOS });
  const { demos: recent } = await listDemos(sql, reader, { limit: CHOICES, offset: 0 });
  return demosMessage({ demos, total, page, recent, outcomes: await outcomesOf(services, demos) }, reader);
}
