import { openServices } from '../app.ts';
import { readConfig } from '../config.ts';
import type { Services } from '../services.ts';
import { textFor, type Text } from '../text/catalogue.ts';
import { reportFailure } from './report.ts';

/**
 * Runs a command with everything it needs, closes it afterwards and sets the exit status. Logs stay quiet below warnings unless
 * LOG_LEVEL asks for more.
 */
export async function withServices(work: (services: Services, text: Text) => Promise<void>): Promise<void> {
  const config = readConfig(undefined, { LOG_LEVEL: 'warn' });
  const text = textFor(config.locale);
  const services = await openServices(config).catch((error: unknown) => {
    process.exitCode = reportFailure(error, text);
  });
  if (!services) return;
  try {
    await work(services, text);
  } catch (error) {
    process.exitCode = reportFailure(error, text);
  } finally {
    await services.close();
  }
}
