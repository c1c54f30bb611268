import type { WebClient } from '@slack/web-api';
import type { Queue } from '../jobs/queue.ts';
import type { Services } from '../services.ts';
import type { ReaderOf } from './reader.ts';

/** The app in a workspace. */
export type Connection = { client: WebClient; token: string; botUserId: string; botId: string | undefined };

/** What every listener and Slack job works with. */
export type SlackContext = {
  services: Services;
  queue: Queue;
  readerOf: ReaderOf;
  /** Origins besides Slack's own that files may be downloaded from: the API's own, when it is not Slack's (console, tests). */
  fileOrigins: readonly string[];
  /** The client, its token and the app's own user in a workspace, outside of a listener. */
  connect(workspaceId?: string): Promise<Connection>;
};
