import { App, LogLevel } from '@slack/bolt';
import { pino } from 'pino';
import { createConsole, type Console } from '../../src/console/create-console.ts';

export type Toy = { console: Console; app: App; close(): Promise<void> };

/** A console with a small Bolt app behind it; `register` adds the listeners a test needs. */
export async function startToy(register: (app: App) => void, locale: 'en' | 'zh-TW' = 'en', port = 0): Promise<Toy> {
  const console = await createConsole({ port, locale, log: pino({ level: 'silent' }) });
  const app = new App({ receiver: console.receiver, token: console.botToken, clientOptions: { slackApiUrl: console.apiUrl, retryConfig: { retries: 0 } }, logLevel: LogLevel.ERROR });
  // Tests make listeners fail on purpose; the receiver reports it.
  app.error(async (error) => {
    throw error;
  });
  register(app);
  await app.start();
  return {
    console,
    app,
    close: async () => {
      await app.stop();
      await console.close();
    },
  };
}
