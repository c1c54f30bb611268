import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Logger } from 'pino';
import { readFields, readUpload } from './body.ts';
import type { Servers } from './methods/method.ts';
import { respond } from './response-urls.ts';
import { answerJson, openStream, type Answer, type Exchange, type Routes } from './exchange.ts';
import { SlackError } from './slack-error.ts';
import type { ConsoleFile } from './types.ts';
import { callMethod, refusal, SCOPES } from './web-api.ts';

/** The addresses that the app calls: Web API methods, uploads, downloads and response_urls. */
export function createSlackRoutes(servers: Servers, log: Logger): Routes {
  return async (exchange) => {
    const [, kind, ...rest] = exchange.url.pathname.split('/');
    if (kind === 'api') return await api(servers, log, exchange, rest.join('/'));
    if (kind === 'upload') return await upload(servers, exchange, rest[1]);
    if (kind === 'files-pri') return await download(servers, exchange, rest[0]);
    if (kind === 'response') return await answer(servers, exchange, rest[0]);
    return undefined;
  };
}

const bearer = ({ request }: Exchange): string | undefined => /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];

async function api(servers: Servers, log: Logger, exchange: Exchange, method: string): Promise<Answer> {
  const headers = { 'x-oauth-scopes': SCOPES };
  try {
    const { token, ...given } = await readFields(exchange.request, exchange.url.searchParams);
    const presented = bearer(exchange) ?? (typeof token === 'string' ? token : undefined);
    return { ...answerJson(await callMethod(servers, log, method, presented, given)), headers };
  } catch (error) {
    if (error instanceof SlackError) return { ...answerJson(refusal(error)), headers };
    throw error;
  }
}

async function upload({ workspace, files }: Servers, { request }: Exchange, key: string | undefined): Promise<Answer> {
  const file = [...workspace.files.values()].find(({ uploadKey, state }) => uploadKey === key && state === 'announced');
  if (!file) return { status: 404, type: 'text/plain', body: 'file_not_found' };
  await files.fill(file, await readUpload(request));
  return { status: 200, type: 'text/plain', body: `OK - ${file.size}` };
}

async function download(servers: Servers, exchange: Exchange, teamAndFile: string | undefined): Promise<Answer | 'streaming'> {
  if (bearer(exchange) !== servers.workspace.botToken) return { status: 403, type: 'text/plain', body: 'not_authed' };
  const file = servers.workspace.files.get(teamAndFile?.split('-')[1] ?? '');
  if (!file || file.state === 'announced') return { status: 404, type: 'text/plain', body: 'file_not_found' };
  return await stream(exchange, file, file.mimetype);
}

/** Sends a file's bytes, or the one range of them that was asked for: players seek by ranges. */
export async function stream(exchange: Exchange, file: ConsoleFile, type: string, headers: Record<string, string> = {}): Promise<'streaming'> {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(exchange.request.headers.range ?? '') ?? [];
  const start = Math.min(Number(from ?? 0), file.size);
  const end = Math.min(to ? Number(to) : file.size - 1, file.size - 1);
  const partial = from !== undefined && start <= end;
  const range: Record<string, string> = partial ? { 'content-range': `bytes ${start}-${end}/${file.size}` } : {};
  const length = partial ? end - start + 1 : file.size;
  const response = openStream(exchange, type, partial ? 206 : 200, { 'content-length': String(length), 'accept-ranges': 'bytes', ...range, ...headers });
  // A reader who goes away mid-file is no fault.
  await pipeline(createReadStream(file.path, partial ? { start, end } : {}), response).catch(() => undefined);
  return 'streaming';
}

/** Slack refuses with 404, whatever the reason. */
async function answer({ workspace }: Servers, { request, url }: Exchange, key: string): Promise<Answer> {
  try {
    respond(workspace, key, await readFields(request, url.searchParams));
    return answerJson({ ok: true });
  } catch (error) {
    if (error instanceof SlackError) return answerJson(refusal(error), 404);
    throw error;
  }
}
