import type { Text } from '../text/catalogue.ts';

/** From here on numbers are written with a unit: 萬 begins at ten thousand, K at a hundred thousand. */
const longest = (text: Text) => (text.locale === 'zh-TW' ? 10_000 : 100_000);

const round3 = (value: number) => Number(value.toPrecision(3));

/**
 * A predicted count, with as many digits as it deserves: one decimal under 10, three significant digits above.
 * @example estimate(textFor('en'), 12345) // '12,300'
 */
export function estimate(text: Text, value: number): string {
  if (value < 10) return text.number(value, 1);
  if (value < 1000) return text.number(value);
  return value < longest(text) ? text.number(round3(value)) : text.compact(value);
}

/**
 * A counted number: exact while it is written without a unit.
 * @example count(textFor('en'), 12345) // '12,345'
 */
export const count = (text: Text, value: number): string => (value < longest(text) ? text.number(value) : text.compact(value));

/** "9,800–15,900", or one number where both ends are written alike. */
export function span(text: Text, low: number, high: number): string {
  const [from, to] = [estimate(text, low), estimate(text, high)];
  return from === to ? from : `${from}–${to}`;
}

/**
 * A percentile as it may be said: no sample shows that a song stands above or below all others.
 * @param percentile 0 to 100
 * @returns a whole number, 1 to 99
 * @example shownPercentile(99.6) // 99
 */
export const shownPercentile = (percentile: number): number => Math.min(99, Math.max(1, Math.round(percentile)));

/**
 * Whole-numbered ticks from 0 to the first round number at or above `max`: 3 to 6 of them.
 * @example ticks(870) // [0, 200, 400, 600, 800, 1000]
 */
export function ticks(max: number): number[] {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(max, 5) / 5));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * magnitude).find((size) => Number.isInteger(size) && size * 5 >= max) ?? 1;
  return Array.from({ length: Math.max(2, Math.ceil(max / step)) + 1 }, (_, i) => i * step);
}

/** Labels of ticks, all in one manner: "7,500" up to ten thousand, "7.5K" beyond. */
export const tickLabels = (text: Text, values: number[]): string[] =>
  values.map((value) => ((values.at(-1) ?? 0) < 10_000 ? text.number(value) : text.compact(value)));

/** A day of the calendar without its year, such as "22 Nov". */
export function shortDate(text: Text, day: string): string {
  const format = new Intl.DateTimeFormat(text.locale === 'en' ? 'en-GB' : text.locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** Seconds as minutes and seconds. @example clock(65.4) // '1:05' */
export const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
