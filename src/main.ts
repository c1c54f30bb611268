import { createApp, openServices } from './app.ts';
import { loadDemoCatalogue } from './catalogue/demo/load.ts';
import { reportFailure } from './cli/report.ts';
import { readConfig } from './config.ts';
import { openConsole } from './console/open.ts';
import { hasSongs } from './db/queries/feeds.ts';
import type { Services } from './services.ts';
import { slackSurface } from './slack/bolt.ts';
import { textFor } from './text/catalogue.ts';

/** Starts what the configuration says and stops it, work at hand first, when told to. */
async function main(): Promise<void> {
  const config = readConfig();
  const services = await openServices(config);
  if (!config.slack) await offerDemoCatalogue(services);
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

/** Whoever tries Encore out on a new embedded database finds something to ask about. A database of their own is left alone. */
async function offerDemoCatalogue({ config, db }: Services): Promise<void> {
  if (config.databaseUrl || (await hasSongs(db.sql))) return;
  process.stderr.write(`${textFor(config.locale).t('demo.loading')}\n`);
  await loadDemoCatalogue({ config, db });
}

await main().catch((error: unknown) => process.exit(reportFailure(error)));
