import type { IncomingMessage, ServerResponse } from 'node:http';

/** The page may load nothing from elsewhere but pictures that a message names by https address, and runs no script but its own. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' https:; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

export type Exchange = { request: IncomingMessage; response: ServerResponse; url: URL };
export type Answer = { status: number; type: string; body: string | Buffer; headers?: Record<string, string> };

/** Answers what it knows; undefined leaves it to the next. */
export type Routes = (exchange: Exchange) => Promise<Answer | 'streaming' | undefined>;

export const answerJson = (body: unknown, status = 200): Answer => ({ status, type: 'application/json; charset=utf-8', body: JSON.stringify(body) });

export function send({ request, response }: Exchange, { status, type, body, headers }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  // A body that was not read to its end would keep the connection busy.
  if (!request.complete) response.setHeader('connection', 'close');
  response.writeHead(status, { ...HEADERS, 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers }).end(body);
}

/** Starts an answer that stays open. */
export const openStream = ({ response }: Exchange, type: string, status = 200, headers: Record<string, string> = {}): ServerResponse => response.writeHead(status, { ...HEADERS, 'content-type': type, ...headers });
