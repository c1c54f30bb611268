import { glob, readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { UNKNOWN_COMMAND } from '../../src/slack/listeners/commands/unknown.ts';

const manifest = z
  .object({
    _metadata: z.object({ major_version: z.literal(2) }),
    display_information: z.object({ name: z.string().max(35), description: z.string().max(140), long_description: z.string().min(175).max(4000) }),
    features: z.object({ slash_commands: z.array(z.object({ command: z.string(), description: z.string().max(2000), usage_hint: z.string().max(1000) })) }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
  })
  .parse(parse(await readFile('manifest.yml', 'utf8')));

/** Which scope each Web API method or event needs, besides none. Source: Slack's method and event reference. */
const SCOPE_OF: Record<string, string> = {
  'chat.delete': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'files.delete': 'files:write',
  'files.info': 'files:read',
  filesUploadV2: 'files:write',
  'users.info': 'users:read',
  file_shared: 'files:read',
  file_unshared: 'files:read',
  file_deleted: 'files:read',
  app_mention: 'app_mentions:read',
  message: 'im:history',
};
const SCOPELESS = ['auth.test', 'views.open', 'views.update'];

async function slackCode(): Promise<string> {
  const files: string[] = [];
  for await (const path of glob('src/{slack,jobs}/**/*.ts')) files.push(await readFile(path, 'utf8'));
  return `${files.join('\n')}\n${await readFile('src/app.ts', 'utf8')}`;
}

const all = (code: string, pattern: RegExp): string[] => [...new Set([...code.matchAll(pattern)].map(([, name]) => name))].sort();

test('the manifest lists the commands that the app registers', async () => {
  expect(manifest.features.slash_commands.map(({ command }) => command).sort()).toEqual(all(await slackCode(), /app\.command\('([^']+)'/g));
});

test('a command of the manifest is never taken for an unknown one', () => {
  for (const { command } of manifest.features.slash_commands) expect(command).not.toMatch(UNKNOWN_COMMAND);
  for (const command of ['/forecasts', '/forecas', '/hello', '/']) expect(command).toMatch(UNKNOWN_COMMAND);
});

test('the manifest subscribes to the events that the app registers', async () => {
  // Bolt calls every message event `message`; only those of direct messages are asked for.
  expect(manifest.settings.event_subscriptions.bot_events.map((event) => event.replace('message.im', 'message')).sort()).toEqual(all(await slackCode(), /app\.event\('([^']+)'/g));
});

test('the manifest asks for the scopes that the code needs, and no other', async () => {
  const code = await slackCode();
  const methods = all(code, /client\s*\.((?:chat|files|users|auth|conversations|views|assistant)\.\w+|filesUploadV2)\(/g).filter((method) => !SCOPELESS.includes(method));
  const needed = [...methods, ...all(code, /app\.event\('([^']+)'/g)].map((use) => SCOPE_OF[use] ?? `unknown scope of ${use}`);
  expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...new Set([...needed, 'commands'])].sort());
});
