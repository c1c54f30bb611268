import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import type { Database } from '../../../src/db/client.ts';
import { createLog } from '../../../src/log.ts';
import { slackSurface } from '../../../src/slack/bolt.ts';
import { createWorkPool, type WorkPool } from '../../../src/work/pool.ts';
import { testDatabase } from '../../db/database.ts';
import { loadSmallCatalogue } from './catalogue.ts';
import { BOT_TOKEN, startWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
let slack: WebSocketServer;
let socket: WebSocket;
let db: Database;
let work: WorkPool;
let app: Awaited<ReturnType<typeof createApp>>;
let dataDir: string;
const acknowledged: string[] = [];

beforeAll(async () => {
  workspace = await startWorkspace();
  slack = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(slack, 'listening');
  const url = `ws://127.0.0.1:${(slack.address() as AddressInfo).port}`;
  workspace.proxy.fault = (method) => (method === 'apps.connections.open' ? { status: 200, body: { ok: true, url } } : undefined);
  dataDir = await mkdtemp(join(tmpdir(), 'encore-socket-'));
  const config = readConfig({ ENCORE_DATA_DIR: dataDir, SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: 'xapp-test', SLACK_API_URL: workspace.apiUrl });
  if (config.slack?.mode !== 'socket') throw new Error('an app token means Socket Mode');
  db = await testDatabase();
  await loadSmallCatalogue(db);
  work = createWorkPool(1);
  const log = createLog('silent');
  app = await createApp({ config, log, db, work }, slackSurface(config.slack, log));
  const connected = once(slack, 'connection').then(([opened]: WebSocket[]) => {
    socket = opened;
    socket.on('message', (data) => acknowledged.push((JSON.parse(String(data)) as { envelope_id: string }).envelope_id));
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
  });
  await Promise.all([app.start(), connected]);
});
afterAll(async () => {
  await app?.stop();
  slack.close();
  await work.close();
  await workspace.close();
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('a command that comes over the socket is acknowledged and answered', async () => {
  const payload = { command: '/forecast', text: '海邊的錄音機', team_id: workspace.teamId, user_id: workspace.userId, channel_id: workspace.channel, trigger_id: '1.2.3', response_url: `${workspace.proxy.url}/respond/socket` };
  socket.send(JSON.stringify({ type: 'slash_commands', envelope_id: 'command-1', accepts_response_payload: true, payload }));
  await expect.poll(() => acknowledged, { timeout: 10_000 }).toContain('command-1');
  await expect.poll(() => JSON.stringify(workspace.proxy.responses), { timeout: 15_000 }).toContain('by day 60');
});

test('an event that comes twice over the socket is acknowledged twice and queued once', async () => {
  const event = { type: 'file_shared', file_id: 'F1', user_id: workspace.userId, channel_id: workspace.channel, event_ts: '1' };
  const payload = { type: 'event_callback', team_id: workspace.teamId, api_app_id: 'A1', event_id: 'EvSocket', event_time: 1, event };
  for (const envelope of ['event-1', 'event-2']) socket.send(JSON.stringify({ type: 'events_api', envelope_id: envelope, accepts_response_payload: false, payload }));
  await expect.poll(() => acknowledged, { timeout: 10_000 }).toEqual(expect.arrayContaining(['event-1', 'event-2']));
  expect(await db.sql`select from job.job where name = 'receive-file' and data->>'fileId' = 'F1'`).toHaveLength(1);
});
