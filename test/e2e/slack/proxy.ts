import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One Web API call as it passed: `method` such as chat.postMessage, `sent` its arguments, `answered` what Slack said. */
type Call = { method: string; sent: Record<string, unknown>; answered: Record<string, unknown> };

/** What to answer instead of letting a call through: a status, headers, a body. */
type Fault = { status: number; headers?: Record<string, string>; body?: unknown };

export type Proxy = {
  url: string;
  calls: Call[];
  /** Messages posted to a response_url, in order. */
  responses: Record<string, unknown>[];
  /** Decides for each Web API call whether it goes wrong. */
  fault: (method: string, sent: Record<string, unknown>) => Fault | undefined;
  /** Changes what the emulator answers, where it lacks something of Slack's. */
  amend: (method: string, answered: Record<string, unknown>) => Record<string, unknown>;
  target: string;
  close(): Promise<void>;
};

/** A proxy in front of the Slack emulator that records, misbehaves on demand, and plays the response_url, which the emulator lacks. */
export async function startProxy(): Promise<Proxy> {
  const proxy: Proxy = { url: '', calls: [], responses: [], fault: () => undefined, amend: (_method, answered) => answered, target: '', close: async () => undefined };
  const server = createServer((request, response) => void handle(proxy, request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined)));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  proxy.close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return proxy;
}

async function handle(proxy: Proxy, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await read(request);
  const path = request.url ?? '/';
  if (path.startsWith('/respond')) {
    proxy.responses.push(JSON.parse(body.toString()) as Record<string, unknown>);
    response.end('ok');
    return;
  }
  const method = path.startsWith('/api/') ? path.slice(5).split('?')[0] : '';
  const sent = method ? readArguments(request, body) : {};
  const fault = method ? proxy.fault(method, sent) : undefined;
  if (fault) {
    response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(JSON.stringify(fault.body ?? {}));
    return;
  }
  const passed = await pass(proxy.target, request, body);
  if (!method) {
    response.writeHead(passed.status, passed.headers).end(passed.body);
    return;
  }
  const answered = proxy.amend(method, JSON.parse(passed.body.toString()) as Record<string, unknown>);
  proxy.calls.push({ method, sent, answered });
  response.writeHead(passed.status, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function readArguments(request: IncomingMessage, body: Buffer): Record<string, unknown> {
  if (request.headers['content-type']?.includes('json')) return JSON.parse(body.toString()) as Record<string, unknown>;
  const fields = Object.fromEntries(new URLSearchParams(body.toString()));
  return { ...fields, ...(fields['blocks'] ? { blocks: JSON.parse(fields['blocks']) as unknown } : {}) };
}

async function pass(target: string, { method, url, headers }: IncomingMessage, body: Buffer) {
  const { hostname, port } = new URL(target);
  return await new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((done, fail) => {
    const onward = httpRequest({ hostname, port, method, path: url, headers: { ...withoutChunking(headers), 'content-length': body.length } }, (reply) => {
      read(reply).then((content) => done({ status: reply.statusCode ?? 500, headers: withoutChunking(reply.headers), body: content }), fail);
    });
    onward.on('error', fail).end(body);
  });
}

/** The whole body is sent on at once. */
function withoutChunking(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  const { 'transfer-encoding': chunked, ...kept } = headers;
  return chunked === undefined ? headers : kept;
}
