import { createServer, type RequestListener } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RetryableError } from '../../src/errors.ts';
import { downloadFile, mayDownload } from '../../src/slack/files.ts';

let folder: string;
let origin: string;
let answer: RequestListener;
const seen: { url: string | undefined; authorization: string | undefined }[] = [];
const server = createServer((request, response) => {
  seen.push({ url: request.url, authorization: request.headers.authorization });
  answer(request, response);
});

beforeEach(async () => {
  seen.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'encore-files-'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await rm(folder, { recursive: true });
});

const fetchTo = async (path: string, maxBytes = 1000) => await downloadFile({ url: `${origin}/file`, token: 'xoxb-secret', path, maxBytes, origins: [origin] });

test.each([
  ['https://files.slack.com/files-pri/T1-F1/a.mp3', true],
  ['https://harbour.slack.com/files/a.mp3', true],
  ['http://files.slack.com/a.mp3', false],
  ['https://files.slack.com.evil.example/a.mp3', false],
  ['https://evilslack.com/a.mp3', false],
  ['https://files.slack.com@evil.example/a.mp3', false],
  ['file:///etc/passwd', false],
  ['not an address', false],
])('%s may be downloaded: %s', (address, allowed) => {
  expect(mayDownload(address, [])).toBe(allowed);
});

test('the token is not sent to a host that is not allowed', async () => {
  const refused = downloadFile({ url: `${origin}/file`, token: 'xoxb-secret', path: join(folder, 'a'), maxBytes: 10, origins: [] });
  await expect(refused).rejects.toMatchObject({ code: 'file-not-slack' });
  expect(seen).toEqual([]);
});

test('a file is streamed to the path with the token', async () => {
  answer = (_request, response) => response.end('music');
  await fetchTo(join(folder, 'a'));
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('music');
  expect(seen[0]?.authorization).toBe('Bearer xoxb-secret');
});

test('a redirect is not followed: it means that the token lacks files:read', async () => {
  answer = (_request, response) => response.writeHead(302, { location: `${origin}/login` }).end();
  await expect(fetchTo(join(folder, 'a'))).rejects.toMatchObject({ code: 'missing-scope', context: { scope: 'files:read' } });
  expect(seen).toHaveLength(1);
});

test('a file that says it is too large is refused before it is read', async () => {
  answer = (_request, response) => response.writeHead(200, { 'content-length': '5000' }).end(Buffer.alloc(5000));
  await expect(fetchTo(join(folder, 'a'))).rejects.toMatchObject({ code: 'upload-too-large' });
});

test('a file that grows beyond the limit without saying so is cut off', async () => {
  answer = (_request, response) => {
    response.write(Buffer.alloc(900));
    response.end(Buffer.alloc(900));
  };
  await expect(fetchTo(join(folder, 'a'))).rejects.toMatchObject({ code: 'upload-too-large' });
});

test('a busy server is tried again later, as it asks', async () => {
  answer = (_request, response) => response.writeHead(429, { 'retry-after': '17' }).end();
  const error = await fetchTo(join(folder, 'a')).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(RetryableError);
  expect(error).toMatchObject({ retryAfter: 17 });
});

test('a connection that breaks off is tried again', async () => {
  answer = (_request, response) => {
    response.writeHead(200, { 'content-length': '500' }).write('half');
    setImmediate(() => response.destroy());
  };
  await expect(fetchTo(join(folder, 'a'))).rejects.toBeInstanceOf(RetryableError);
});
