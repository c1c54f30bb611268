import { openServices } from '../app.ts';
import { readConfig } from '../config.ts';
import { untilStopped } from '../lifetime.ts';
import type { Services } from '../services.ts';
import { textFor, type Text } from '../text/catalogue.ts';
import { errorDocument, printJson, reportFailure } from './report.ts';

/**
 * Runs a command with everything it needs, closes it afterwards and sets the exit status. Logs stay quiet below warnings unless
 * LOG_LEVEL asks for more.
 * @param json a failure is told on stdout too, as `{"error":{"code","message"}}`
 */
export async function withServices(work: (services: Services, text: Text) => Promise<void>, { json = false } = {}): Promise<void> {
  const config = readConfig(undefined, { LOG_LEVEL: 'warn' });
  const text = textFor(config.locale);
  await untilStopped(async (opened) => {
    const services = opened.adopt(await openServices(config), async (it) => await it.close());
    await work(services, text);
  }).catch((error: unknown) => {
    process.exitCode = reportFailure(error, text);
    if (json) printJson({ error: errorDocument(error, text) });
  });
}
