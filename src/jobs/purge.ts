import { purgeOldEvents, purgeOldReplies } from '../db/queries/purge-old.ts';
import type { SlackContext } from '../slack/context.ts';

/** Forgets events and replies that nothing will ask about any more. */
export async function purge({ services }: SlackContext): Promise<void> {
  const events = await purgeOldEvents(services.db.sql);
  const replies = await purgeOldReplies(services.db.sql);
  services.log.info({ events, replies }, 'purged');
}
