const MS_PER_DAY = 86_400_000;

/** Calendar days are counted from 1970-01-01. @example dayNumber('1970-01-02') // 1 */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;

/** @example dateOf(1) // '1970-01-02' */
export const dateOf = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);

/** 0 is Monday. @example weekdayOf(0) // 3: 1970-01-01 was a Thursday */
export const weekdayOf = (day: number): number => (day + 3) % 7;

/** The last day of data: fixed, so that the same seed gives the same catalogue whenever it runs. */
export const DATA_DATE = '2026-10-31';
export const LAST_DAY = dayNumber(DATA_DATE);

/** A year of plays. */
export const DAYS = 365;
export const FIRST_DAY = LAST_DAY - DAYS + 1;
