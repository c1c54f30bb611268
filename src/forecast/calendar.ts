const DAY_MS = 86_400_000;

/** @example addDays('2026-02-27', 2) // '2026-03-01' */
export const addDays = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** @example daysBetween('2026-02-27', '2026-03-01') // 2 */
export const daysBetween = (from: string, to: string): number => (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;

/** 0 Monday to 6 Sunday. @example weekdayOf('2026-11-22') // 6 */
export const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
