import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { UserError } from './errors.ts';
import { openDatabase } from './db/client.ts';
import { takeJobs } from './jobs/index.ts';
import { startQueue } from './jobs/queue.ts';
import { sweepStaging } from './jobs/staging.ts';
import { createLog } from './log.ts';
import type { Services } from './services.ts';
import { boltLogger, CLIENT_OPTIONS, createSlackApp, type Surface } from './slack/bolt.ts';
import type { SlackContext } from './slack/context.ts';
import { slackErrorOf } from './slack/post.ts';
import { createReaderOf } from './slack/reader.ts';
import { createWorkPool } from './work/pool.ts';

/** How long a stopping process waits for jobs at hand: Slack and containers give 30 s in all. */
const DRAIN_SECONDS = 20;

/** Slack limits how often users.info may be asked; on the local page the language changes with a switch. */
const READERS_KEPT_MS = 600_000;

/** Database, log and worker threads: what every way in needs. The caller closes it. */
export async function openServices(config: Config): Promise<Services & { close(): Promise<void> }> {
  const log = createLog(config.logLevel);
  await sweepStaging(config);
  const db = await openDatabase(config, log);
  const work = createWorkPool(config.workerThreads);
  const close = async () => {
    await work.close();
    await db.close();
  };
  return { config, log, db, work, close };
}

/**
 * The running app: Slack listeners (web), jobs (worker), or both, as the configuration says.
 * @throws UserError slack-refused, slack-away
 */
export async function createApp(services: Services, surface: Surface): Promise<{ start(): Promise<void>; stop(): Promise<void> }> {
  const { config, db, log } = services;
  const connect = createConnect(surface, log);
  const app = await connect();
  const queue = await startQueue(db.sql, log);
  const context: SlackContext = {
    services,
    queue,
    readerOf: createReaderOf({ locale: config.locale, timeZone: config.timeZone }, isSlack(surface.apiUrl) ? READERS_KEPT_MS : 0),
    fileOrigins: isSlack(surface.apiUrl) ? [] : [new URL(surface.apiUrl).origin],
    connect,
  };
  const slack = config.role === 'worker' ? undefined : createSlackApp(surface, context, app);
  return {
    start: async () => {
      if (config.role !== 'web') await takeJobs(context);
      await slack?.start();
      log.info({ role: config.role }, 'ready');
    },
    stop: async () => {
      await slack?.stop();
      await queue.stop(DRAIN_SECONDS);
    },
  };
}

const isSlack = (apiUrl: string): boolean => /(^|\.)slack\.com$/.test(new URL(apiUrl).hostname);

/** One workspace, one token: whom it belongs to is asked once and kept. */
function createConnect(surface: Surface, log: Logger): SlackContext['connect'] {
  // It would log what Slack said of a message, and whatever goes wrong is thrown and logged by the job.
  const logger = boltLogger(log.child({}, { level: 'silent' }));
  const client = new WebClient(surface.token, { ...CLIENT_OPTIONS, logger, slackApiUrl: surface.apiUrl });
  let self: Awaited<ReturnType<typeof client.auth.test>> | undefined;
  return async () => {
    self ??= await client.auth.test().catch((error: unknown) => {
      const reason = slackErrorOf(error);
      throw reason ? new UserError('slack-refused', { reason }, { cause: error }) : new UserError('slack-away', { where: surface.apiUrl }, { cause: error });
    });
    return { client, token: surface.token, botUserId: self.user_id ?? '', botId: self.bot_id };
  };
}
