import { createServer, type Server } from 'node:http';
import type { Logger } from 'pino';
import { UserError } from '../errors.ts';
import { answerJson, send, type Exchange, type Routes } from './exchange.ts';
import { SlackError } from './slack-error.ts';
import { refusal } from './web-api.ts';

export type ConsoleServer = {
  /** Such as http://127.0.0.1:4180. */
  origin: string;
  /** Answers from now on; the first of `routes` that knows an address answers it. */
  serve(routes: Routes[], log: Logger): void;
  close(): Promise<void>;
};

/**
 * Opens the console's one server, on the loopback address.
 * @param port 0 picks a free one
 * @throws UserError console-port-taken
 */
export async function listen(port: number): Promise<ConsoleServer> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? new UserError('console-port-taken', { port }, { cause: error }) : error));
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;
  const serve = (routes: Routes[], log: Logger) => {
    server.on('request', (request, response) => {
      const url = URL.parse(`${origin}${request.url ?? '/'}`);
      if (url) void handle({ request, response, url }, routes, log);
      else response.writeHead(400).end();
    });
  };
  return { origin, serve, close: async () => await close(server) };
}

async function handle(exchange: Exchange, routes: Routes[], log: Logger): Promise<void> {
  try {
    if (!isLocal(exchange)) return send(exchange, { status: 421, type: 'text/plain', body: 'This page answers to 127.0.0.1 and localhost only.' });
    for (const route of routes) {
      const answer = await route(exchange);
      if (answer === 'streaming') return;
      if (answer) return send(exchange, answer);
    }
    send(exchange, { status: 404, type: 'text/plain', body: 'Not found' });
  } catch (error) {
    // Whoever asked has gone: a closed page in mid-upload is no fault.
    if (exchange.response.destroyed) return;
    if (!(error instanceof SlackError)) log.error({ err: error, path: exchange.url.pathname }, 'console');
    send(exchange, error instanceof SlackError ? answerJson(refusal(error), 400) : answerJson({ ok: false, error: 'internal_error' }, 500));
  }
}

/** Another site's name may be made to lead here (DNS rebinding): only the loopback's own names are answered. */
function isLocal({ request, url }: Exchange): boolean {
  return [`127.0.0.1:${url.port}`, `localhost:${url.port}`].includes(request.headers.host ?? '');
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
