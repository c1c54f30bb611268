import { forgetDemo as forget } from '../db/queries/demo-store.ts';
import type { SlackContext } from '../slack/context.ts';
import type { Attempt } from './queue.ts';

/** A file was deleted in Slack: its score goes with it. */
export async function forgetDemo({ services }: SlackContext, { payload }: Attempt<'forget-demo'>): Promise<void> {
  const demos = await forget(services.db.sql, payload.workspaceId, payload.fileId);
  services.log.info({ demos }, 'forgotten');
}
