import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from '../config.ts';
import en from './en.json' with { type: 'json' };
import zhTW from './zh-TW.json' with { type: 'json' };

export type TextKey = keyof typeof en;
export type TextValues = Record<string, string | number | Date>;

const CATALOGUES: Record<Locale, Record<TextKey, string>> = { en, 'zh-TW': zhTW };

/** The words of one language, with its way of writing numbers and dates. */
export type Text = {
  locale: Locale;
  /** The ICU message under `key`, filled. */
  t(key: TextKey, values?: TextValues): string;
  /** The message under a key made at run time (an error or warning code), calendar days written as dates; `fallback` when the catalogue lacks it. */
  maybe(key: string, values: TextValues, fallback: TextKey): string;
  /** 12345.6 as "12,346". */
  number(value: number, digits?: number): string;
  /** 1234567 as "1.2M" or "123萬". */
  compact(value: number): string;
  /** A calendar day such as 2026-11-22, which has no time zone, as "22 Nov 2026". */
  date(day: string): string;
};

const formats = new Map<string, IntlMessageFormat>();

/** @example textFor('en').t('app.name') // 'Encore' */
export function textFor(locale: Locale): Text {
  const catalogue: Record<string, string> = CATALOGUES[locale];
  const fill = (key: string, values: TextValues) => {
    const cached = formats.get(`${locale} ${key}`) ?? new IntlMessageFormat(catalogue[key] ?? key, locale, undefined, { ignoreTag: true });
    formats.set(`${locale} ${key}`, cached);
    return String(cached.format(values));
  };
  const dates = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const date = (day: string) => dates.format(new Date(`${day}T00:00:00Z`));
  const compacts = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 });
  return {
    locale,
    t: (key, values = {}) => fill(key, values),
    maybe: (key, values, fallback) => fill(key in catalogue ? key : fallback, mapDays(values, date)),
    number: (value, digits = 0) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value),
    compact: (value) => compacts.format(value),
    date,
  };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const mapDays = (values: TextValues, date: (day: string) => string): TextValues =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? date(value) : value]));

/** The reader's Slack locale as one of ours: every Chinese written with traditional characters reads zh-TW, everyone else English. */
export function localeOf(slackLocale: string | undefined, fallback: Locale): Locale {
  if (!slackLocale) return fallback;
  return /^zh(?!-(CN|SG|Hans))/i.test(slackLocale) ? 'zh-TW' : 'en';
}
