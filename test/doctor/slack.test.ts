import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Config } from '../../src/config.ts';
import { lookAtSlack, SCOPES } from '../../src/doctor/slack.ts';
import { textFor } from '../../src/text/catalogue.ts';

const text = textFor('en');
let granted: string | undefined;
let server: Server;
let slack: Config['slack'];
beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...(granted === undefined ? {} : { 'x-oauth-scopes': granted }) });
    response.end('{"ok":true,"team":"Label","user":"encore"}');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  slack = { botToken: 'xoxb-secret-1234', apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`, mode: 'socket', appToken: 'xapp-secret-5678' };
});
afterAll(async () => await new Promise((resolve) => void server.close(resolve)));

test('the scopes looked for are those of the manifest', async () => {
  const manifest = parse(await readFile('manifest.yml', 'utf8')) as { oauth_config: { scopes: { bot: string[] } } };
  expect([...SCOPES].sort()).toEqual([...manifest.oauth_config.scopes.bot].sort());
});

test('a token without a scope is found, by name', async () => {
  granted = 'chat:write,commands,users:read';
  const [finding] = await lookAtSlack({ slack }, text);
  expect(finding).toMatchObject({ state: 'missing' });
  expect(finding.todo).toContain('files:read, files:write');
  expect(JSON.stringify(finding)).not.toContain('secret');
});

test.each([SCOPES.join(','), undefined])('nothing is missing with %s', async (scopes) => {
  granted = scopes;
  expect(await lookAtSlack({ slack }, text)).toMatchObject([{ part: 'slack', state: 'ok' }]);
});
