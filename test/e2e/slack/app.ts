import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../src/app.ts';
import { readConfig, type Config } from '../../../src/config.ts';
import type { Database } from '../../../src/db/client.ts';
import { createLog } from '../../../src/log.ts';
import type { Services } from '../../../src/services.ts';
import { slackSurface } from '../../../src/slack/bolt.ts';
import { createWorkPool } from '../../../src/work/pool.ts';
import { testDatabase } from '../../db/database.ts';
import { BOT_TOKEN, freePort, type Workspace } from './workspace.ts';

export type RunningApp = { services: Services; db: Database; config: Config; stop(): Promise<void> };

/** The real app over HTTP against a test workspace, on a database of its own (or a given one), with its own data folder. */
export async function startApp(workspace: Workspace, given?: Database): Promise<RunningApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'encore-app-'));
  const port = await freePort();
  const config = readConfig({
    ENCORE_DATA_DIR: dataDir,
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: workspace.signingSecret,
    SLACK_API_URL: workspace.apiUrl,
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'silent',
    FFMPEG_PATH: process.env.FFMPEG_PATH,
  });
  const db = given ?? (await testDatabase());
  const services: Services = { config, log: createLog(config.logLevel), db, work: createWorkPool(2) };
  if (!config.slack) throw new Error('the test configuration has Slack tokens');
  const app = await createApp(services, slackSurface(config.slack, services.log));
  await app.start();
  workspace.appUrl = `http://127.0.0.1:${port}`;
  return {
    services,
    db,
    config,
    stop: async () => {
      await app.stop();
      await services.work.close();
      if (!given) await db.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
