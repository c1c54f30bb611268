import { App, HTTPReceiver, LogLevel, SocketModeReceiver, type Logger as BoltLogger, type Receiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import type { SlackConfig } from '../config.ts';
import { withoutUrls } from '../log.ts';
import type { Connection, SlackContext } from './context.ts';
import { durable } from './durable-receiver.ts';
import { registerListeners } from './listeners/index.ts';

/** Short: a job that Slack turns away is tried again by the queue. A Retry-After is obeyed before a try counts. */
export const CLIENT_OPTIONS: WebClientOptions = { retryConfig: { retries: 3, minTimeout: 300, factor: 3 }, timeout: 20_000 };

export type SlackApp = {
  start(): Promise<void>;
  /** Takes nothing new and waits for what is being answered. */
  stop(): Promise<void>;
};

/** Where requests come from and where answers go: a workspace of Slack's, or the console page. */
export type Surface = { receiver: Receiver; token: string; apiUrl: string; start(receiver: Receiver): Promise<unknown> };

/** Slack over a socket, or over HTTP at /slack/events. */
export function slackSurface(config: SlackConfig, log: Logger): Surface {
  const common = { token: config.botToken, apiUrl: config.apiUrl };
  const logger = boltLogger(log);
  if (config.mode === 'socket')
    return { ...common, receiver: new SocketModeReceiver({ appToken: config.appToken, logger, installerOptions: { clientOptions: { slackApiUrl: config.apiUrl } } }), start: async (receiver) => await receiver.start() };
  return {
    ...common,
    receiver: new HTTPReceiver({ signingSecret: config.signingSecret, logger }),
    start: async (receiver) => await receiver.start({ port: config.port, host: config.host }),
  };
}

/** The Bolt app with every listener. Listeners turn their own errors into words; what is left is a bug, logged and not acknowledged. */
export function createSlackApp(surface: Surface, context: SlackContext, { botUserId, botId }: Connection): SlackApp {
  const receiver = durable(surface.receiver);
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: surface.token, botUserId, ...(botId ? { botId } : {}) }),
    clientOptions: { ...CLIENT_OPTIONS, slackApiUrl: surface.apiUrl },
    logger: boltLogger(context.services.log),
  });
  app.error(async (error) => {
    context.services.log.error({ err: error }, 'listener');
    throw error;
  });
  registerListeners(app, context);
  return {
    start: async () => {
      await surface.start(receiver);
    },
    stop: async () => {
      await receiver.stop();
      await receiver.drained();
    },
  };
}

/** The lines of Bolt and of its Web API client go to our log without addresses; at debug level they hold whole payloads. */
export function boltLogger(log: Logger): BoltLogger {
  const say = (level: 'warn' | 'error') => (...words: unknown[]) => log[level]({ from: 'bolt' }, withoutUrls(words.map((word) => (word instanceof Error ? word.message : String(word))).join(' ')));
  return { debug: () => undefined, info: () => undefined, warn: say('warn'), error: say('error'), setLevel: () => undefined, getLevel: () => LogLevel.WARN, setName: () => undefined };
}
