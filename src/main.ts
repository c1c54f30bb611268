import { createApp, openServices } from './app.ts';
import { reportFailure } from './cli/report.ts';
import { readConfig } from './config.ts';
import { openConsole } from './console/open.ts';
import { slackSurface } from './slack/bolt.ts';

/** Starts what the configuration says and stops it, work at hand first, when told to. */
async function main(): Promise<void> {
  const config = readConfig();
  const services = await openServices(config);
  const local = config.slack ? undefined : await openConsole(services);
  const surface = config.slack ? slackSurface(config.slack, services.log) : local?.surface;
  if (!surface) return;
  const app = await createApp(services, surface);
  await app.start();
  if (local) process.stdout.write(`${local.greeting}\n`);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await app.stop();
    await local?.close();
    await services.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

await main().catch((error: unknown) => process.exit(reportFailure(error)));
