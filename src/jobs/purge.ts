import { purgeOld } from '../db/queries/purge-old.ts';
import type { SlackContext } from '../slack/context.ts';

/** Forgets events and replies that nothing will ask about any more. */
export async function purge({ services }: SlackContext): Promise<void> {
  await purgeOld(services.db.sql);
}
