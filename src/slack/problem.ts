import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { isAway } from '../db/connection.ts';
import { RetryableError, UserError } from '../errors.ts';
import type { Text } from '../text/catalogue.ts';
import { escapeValues } from './limits.ts';
import { problemMessage } from './messages/words.ts';
import type { Message } from './messages/message.ts';

/**
 * The one place where an error becomes words: a UserError its own, anything else "something went wrong" and a log line. Only what is
 * worth looking up in the log carries the reference of its line.
 */
export function explain(error: unknown, text: Text, log: Logger): Message {
  const reference = randomBytes(3).toString('hex').toUpperCase();
  if (error instanceof UserError) {
    const unknown = text.t('error.other');
    const words = text.maybe(`error.${error.code}`, escapeValues(error.context), 'error.other');
    log.info({ reference, code: error.code, err: error.cause }, 'refused');
    return problemMessage(words, text, words === unknown ? reference : undefined);
  }
  log.error({ reference, err: error }, 'failed');
  return problemMessage(text.t(isAway(error) ? 'error.database-away' : error instanceof RetryableError ? 'error.busy' : 'error.other'), text, reference);
}
