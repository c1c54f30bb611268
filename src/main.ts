import { createApp, openServices } from './app.ts';
import { offerDemoCatalogue } from './catalogue/demo/load.ts';
import { progressBar } from './cli/progress-bar.ts';
import { reportFailure } from './cli/report.ts';
import { readConfig, type Config } from './config.ts';
import { openConsole } from './console/open.ts';
import { forever, untilStopped, type Opened } from './lifetime.ts';
import type { Services } from './services.ts';
import { slackSurface, type Surface } from './slack/bolt.ts';
import { textFor } from './text/catalogue.ts';

/** Starts what the configuration says and runs until the process is told to stop; work at hand is finished first. */
async function serve(opened: Opened, config: Config): Promise<void> {
  const services = opened.adopt(await openServices(config), async (it) => await it.close());
  if (config.slack) return await run(opened, services, slackSurface(config.slack, services.log));
  await offerSomethingToAsk(services);
  const local = opened.adopt(await openConsole(services), async (it) => await it.close());
  await run(opened, services, local.surface, local.greeting);
}

async function run(opened: Opened, services: Services, surface: Surface, greeting?: string): Promise<void> {
  const app = opened.adopt(await createApp(services, surface), async (it) => await it.stop());
  await app.start();
  if (greeting) process.stdout.write(`${greeting}\n`);
  await forever();
}

/** Whoever tries Encore out on a new embedded database finds something to ask about. A database of their own is left alone. */
async function offerSomethingToAsk({ config, db }: Services): Promise<void> {
  if (config.databaseUrl) return;
  const text = textFor(config.locale);
  const bar = progressBar(text);
  const announce = () => void process.stderr.write(`${text.t('demo.loading')}\n`);
  await offerDemoCatalogue({ config, db }, announce, bar.update).finally(bar.stop);
}

async function main(): Promise<number> {
  const config = readConfig();
  return await untilStopped(async (opened) => await serve(opened, config)).then(() => 0, (error: unknown) => reportFailure(error, textFor(config.locale)));
}

process.exit(await main().catch(reportFailure));
