/** Values that fill the placeholders of a message in the text catalogue. */
export type ErrorContext = Record<string, string | number>;

/**
 * Something the user can act on. `code` is a key of the text catalogue under `error.`; the words are chosen at the edge.
 * Anything thrown that is neither a UserError nor a RetryableError is a bug.
 *
 * @example throw new UserError('song-not-found', { query: '晴天' })
 */
export class UserError extends Error {
  readonly code: string;
  readonly context: ErrorContext;

  constructor(code: string, context: ErrorContext = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = 'UserError';
    this.code = code;
    this.context = context;
  }
}

/** Something that may work later: the job queue tries again, not before `retryAfter` seconds. */
export class RetryableError extends Error {
  readonly retryAfter: number;

  constructor(message: string, retryAfter: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RetryableError';
    this.retryAfter = retryAfter;
  }
}
