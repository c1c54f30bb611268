import { index, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** One Slack team; the local console is the workspace `local`. */
export const workspace = pgTable('workspace', {
  id: text('id').primaryKey(),
  name: text('name').notNull().default(''),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

/** Events already queued: inserted in the transaction that queues the job, so that a second delivery does nothing. */
export const slackEvent = pgTable(
  'slack_event',
  {
    workspaceId: text('workspace_id').notNull(),
    eventId: text('event_id').notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.eventId] }), index('slack_event_received').on(table.receivedAt)],
);

/** The one message that answers a request: posted once, then updated, also by a worker that takes the job over. */
export const reply = pgTable(
  'reply',
  {
    workspaceId: text('workspace_id').notNull(),
    /** The request: the Slack file and the channel it was shared in, for a demo. */
    requestId: text('request_id').notNull(),
    channel: text('channel').notNull(),
    threadTs: text('thread_ts'),
    messageTs: text('message_ts'),
    /** The uploaded picture that the message shows: deleted with it. */
    pictureId: text('picture_id'),
    answeredAt: timestamp('answered_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.requestId] })],
);
