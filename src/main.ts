import { createApp, openServices } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { openConsole } from './console/open.ts';
import { slackSurface } from './slack/bolt.ts';

const config = (() => {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(2);
  }
})();

const services = await openServices(config);
const console = config.slack ? undefined : await openConsole(services);
const surface = console?.surface ?? slackSurface(config.slack, services.log);
const app = await createApp(services, surface);
await app.start();
if (console) process.stdout.write(`${console.greeting}\n`);

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  await app.stop();
  await console?.close();
  await services.close();
  process.exit(0);
};
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
