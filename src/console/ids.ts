import { randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** An id in Slack's manner: the kind's letters and ten characters. */
export const newId = (prefix: string): string => prefix + [...randomBytes(10)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** 32 hexadecimal characters nobody can guess. */
export const newSecret = (): string => randomBytes(16).toString('hex');

/**
 * Gives each message its `ts`: Unix seconds with six decimals, unique and rising, as Slack's are.
 * @example createClock()() // '1795339500.000100'
 */
export function createClock(now: () => number = Date.now): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, now() * 1000);
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  };
}
