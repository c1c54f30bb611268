import type { Text } from '../text/catalogue.ts';

/** Slack's limit for alt text. */
const LONGEST = 2000;
const LONGEST_NAME = 200;

/** A name as it is read out: cut at 200 characters, without control characters and marks that turn the reading direction; '' when nothing of it can be seen. */
export function spokenName(name: string): string {
  const plain = name.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();
  return /[^\p{Cf}\p{Z}]/u.test(plain) ? [...plain].slice(0, LONGEST_NAME).join('') : '';
}

/** Sentences as one text of at most 2000 characters; empty ones are left out. */
export const altText = (sentences: string[], text: Text): string => sentences.filter(Boolean).join(text.locale === 'en' ? ' ' : '').slice(0, LONGEST);
