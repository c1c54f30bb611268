import type { Services } from '../services.ts';
import type { Surface } from '../slack/bolt.ts';
import { textFor } from '../text/catalogue.ts';
import { createConsole } from './create-console.ts';

/** The console as a way in and out for the app, with the line that tells where it is. */
export async function openConsole({ config, log }: Services): Promise<{ surface: Surface; greeting: string; close(): Promise<void> }> {
  const { receiver, apiUrl, botToken, url, close } = await createConsole({ port: config.consolePort, locale: config.locale, log });
  const surface = { receiver, token: botToken, apiUrl, start: async (started: { start(): Promise<unknown> }) => await started.start() };
  return { surface, greeting: textFor(config.locale).t('console.greeting', { url }), close };
}
