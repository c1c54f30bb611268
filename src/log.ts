import { pino, type Logger } from 'pino';

/** Keys that may carry a token, a file's address or a person's words: never written. */
const SECRET = ['token', 'botToken', 'appToken', 'signingSecret', 'authorization', 'url_private', 'url_private_download', 'response_url', 'text', 'title', 'databaseUrl'];

/** Addresses of files and responses are as good as tokens. */
export const withoutUrls = (words: string): string => words.replace(/\b[a-z][a-z+.-]*:\/\/\S+/gi, '[url]');

/** What may be told of an error. Its other fields hold what it was about: an answer of Slack's, a row of a table, a request. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error;
  const { code, statusCode, cause } = error as Error & { code?: unknown; statusCode?: unknown };
  return { type: error.name, message: withoutUrls(error.message), code, statusCode, stack: withoutUrls(error.stack ?? ''), ...(cause === undefined ? {} : { cause: plainError(cause) }) };
}

/** JSON lines on stderr; stdout belongs to answers. */
export function createLog(level: string): Logger {
  return pino({ level, serializers: { err: plainError }, redact: { paths: SECRET.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' } }, pino.destination({ dest: 2, sync: true }));
}
