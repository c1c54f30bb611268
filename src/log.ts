import { pino, type Logger } from 'pino';

/** Keys that may carry a token, a file's address or a person's words: never written. */
const SECRET = ['token', 'botToken', 'appToken', 'signingSecret', 'authorization', 'url_private', 'url_private_download', 'response_url', 'text', 'title', 'databaseUrl'];

/** JSON lines on stderr; stdout belongs to answers. */
export function createLog(level: string): Logger {
  return pino({ level, redact: { paths: SECRET.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' } }, pino.destination({ dest: 2, sync: true }));
}
