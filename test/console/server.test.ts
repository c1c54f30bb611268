import { connect } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createConsole, type Console } from '../../src/console/create-console.ts';
import { createClock } from '../../src/console/ids.ts';

let console: Console;
const log = pino({ level: 'silent' });
beforeEach(async () => {
  console = await createConsole({ port: 0, locale: 'en', log });
});
afterEach(async () => await console.close());

/** Sends bytes as they are and returns the first line that comes back. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(console.url).port), '127.0.0.1');
  socket.end(bytes);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer.split('\r\n')[0];
}

it('listens on the loopback address only', () => {
  expect(new URL(console.url).hostname).toBe('127.0.0.1');
});

it('says which port is taken', async () => {
  const port = Number(new URL(console.url).port);
  await expect(createConsole({ port, locale: 'en', log })).rejects.toMatchObject({ code: 'console-port-taken', context: { port } });
});

it.each([
  ['an address that is none', 'GET // HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n', '421'],
  ["another site's name", 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', '421'],
  ['no HTTP at all', 'hello\r\n\r\n', '400'],
])('survives %s', async (_what, bytes, status) => {
  expect(await raw(bytes)).toContain(` ${status} `);
  expect((await fetch(console.url)).status).toBe(200);
});

it('refuses a body larger than any message', async () => {
  const response = await fetch(`${console.apiUrl}chat.postMessage`, { method: 'POST', headers: { authorization: `Bearer ${console.botToken}`, 'content-type': 'application/json' }, body: `"${'x'.repeat(5_000_000)}"` });
  expect(await response.json()).toMatchObject({ ok: false, error: 'request_too_large' });
});

it.each([['half of it', '{"channel":'], ['a list', '[1]'], ['a word', '"x"']])('refuses JSON that is %s', async (_what, body) => {
  const response = await fetch(`${console.apiUrl}chat.postMessage`, { method: 'POST', headers: { authorization: `Bearer ${console.botToken}`, 'content-type': 'application/json' }, body });
  expect(await response.json()).toMatchObject({ ok: false, error: 'invalid_json' });
});

it('sends the part of a file that a player asks for', async () => {
  const { files = [] } = await console.drop({ name: 'a.wav', bytes: Buffer.from('0123456789') });
  const address = String(files[0].url_private);
  const part = async (range: string) => await fetch(address, { headers: { authorization: `Bearer ${console.botToken}`, range } });
  expect(await (await part('bytes=2-4')).text()).toBe('234');
  expect(await (await part('bytes=7-')).text()).toBe('789');
  expect((await part('bytes=2-4')).headers.get('content-range')).toBe('bytes 2-4/10');
});

it('never shows a page or a drawing that someone dropped as its own', async () => {
  const key = /console-key" content="([0-9a-f]{32})"/.exec(await (await fetch(console.url)).text())?.[1];
  const { files = [] } = await console.drop([{ name: 'a.html', bytes: Buffer.from('<script>') }, { name: 'a.svg', bytes: Buffer.from('<svg/>') }]);
  for (const { id } of files) {
    const response = await fetch(`${console.url}page/files/${id}?key=${key}`);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toBe('attachment');
  }
});

it('gives every message a later ts, also within one millisecond', () => {
  const next = createClock(() => 1_795_339_500_000);
  expect([next(), next(), next()]).toEqual(['1795339500.000000', '1795339500.000001', '1795339500.000002']);
});
