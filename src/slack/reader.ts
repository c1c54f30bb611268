import type { WebClient } from '@slack/web-api';
import type { Locale } from '../config.ts';
import { localeOf, textFor, type Text } from '../text/catalogue.ts';

/** The person an answer is written for. */
export type Reader = { workspaceId: string; userId: string; text: Text; timeZone: string };

/** Finds the language and time zone of a user. */
export type ReaderOf = (client: WebClient, workspaceId: string, userId: string) => Promise<Reader>;

type Facts = { locale: Locale; timeZone: string };
const KEPT_PEOPLE = 10_000;

/**
 * Reads users.info and keeps what it says for `keptMs`. When it can't be reached the answer is written in `fallback`'s language.
 */
export function createReaderOf(fallback: Facts, keptMs: number): ReaderOf {
  const kept = new Map<string, Facts & { until: number }>();
  const ask = async (client: WebClient, key: string, userId: string): Promise<Facts> => {
    try {
      const { user } = await client.users.info({ user: userId, include_locale: true });
      const facts = { locale: localeOf(user?.locale, fallback.locale), timeZone: user?.tz ?? fallback.timeZone };
      if (kept.size >= KEPT_PEOPLE) kept.clear();
      kept.set(key, { ...facts, until: Date.now() + keptMs });
      return facts;
    } catch {
      return fallback;
    }
  };
  return async (client, workspaceId, userId) => {
    const key = `${workspaceId} ${userId}`;
    const known = kept.get(key);
    const { locale, timeZone } = known && known.until > Date.now() ? known : await ask(client, key, userId);
    return { workspaceId, userId, text: textFor(locale), timeZone };
  };
}
