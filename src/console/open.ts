import { stagingDir } from '../config.ts';
import type { Services } from '../services.ts';
import type { Surface } from '../slack/bolt.ts';
import { textFor } from '../text/catalogue.ts';
import { createConsole, type Console } from './create-console.ts';

/** The console as a way in and out for the app. */
export const consoleSurface = ({ receiver, apiUrl, botToken }: Console): Surface => ({ receiver, token: botToken, apiUrl, start: async (started) => await started.start() });

/** The console at its configured port, with the line that tells where it is. */
export async function openConsole({ config, log }: Services): Promise<{ surface: Surface; greeting: string; close(): Promise<void> }> {
  const opened = await createConsole({ port: config.consolePort, locale: config.locale, log, folder: stagingDir(config) });
  return { surface: consoleSurface(opened), greeting: textFor(config.locale).t('console.greeting', { url: opened.url }), close: opened.close };
}
