import { SOURCES, type Source } from '../../db/schema/sources.ts';

/** The text of a record's cell under one of our column names, trimmed; '' where the file lacks the column, which `has` tells. */
export type Cells<Column extends string = string> = ((column: Column) => string) & { has(column: Column): boolean };

/** Thrown by the readers below; becomes the row's rejection. */
export class BadRow extends Error {
  readonly reason: string;
  readonly value: string;

  constructor(reason: string, value = '') {
    super(reason);
    this.reason = reason;
    this.value = value.slice(0, 200);
  }
}

const LONGEST_TEXT = 500;
const MOST_PLAYS = 1_000_000_000;
/** What exports write for "nothing" in a number or a date. */
const NOTHING = /^(nan|null|none|na|n\/a|\\n)?$/i;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Words as they are; '' when empty. */
export function readText(text: string): string {
  if (text.includes('\uFFFD')) throw new BadRow('bad-encoding', text);
  if (CONTROL.test(text)) throw new BadRow('bad-text', JSON.stringify(text));
  if (text.length > LONGEST_TEXT) throw new BadRow('text-too-long', text);
  return text;
}

export const readOptionalText = (text: string): string | undefined => readText(text) || undefined;

export function readId(text: string): string {
  if (text === '') throw new BadRow('empty-id');
  return readText(text);
}

/** A count of plays, 0..1e9; "98.0" is 98; null when empty. */
export function readCount(text: string): number | null {
  if (NOTHING.test(text)) return null;
  const count = /^\d+(\.0*)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(count <= MOST_PLAYS)) throw new BadRow('bad-count', text);
  return count;
}

/** A whole number between two limits; undefined when empty. */
export function readWhole(text: string, min: number, max: number): number | undefined {
  if (NOTHING.test(text)) return undefined;
  const value = /^-?\d+(\.0*)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) throw new BadRow('bad-number', text);
  return value;
}

const DAY = /^(\d{4})([-/]?)(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;

/** A calendar day, year first (2026-01-31, 2026/1/31, 20260131, with or without a midnight behind it) as 'YYYY-MM-DD'. */
export function readDay(text: string): string {
  const [, year = '', separator, month = '', day = ''] = DAY.exec(text) ?? [];
  if (separator === '' && text.length !== 8) throw new BadRow('bad-date', text);
  if (!isDay(Number(year), Number(month), Number(day))) throw new BadRow('bad-date', text);
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const MOMENT = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|[+-](\d{2}):?(\d{2})?)?$/i;

/** An ISO 8601 date and time, checked and otherwise unchanged: PostgreSQL reads it in the catalogue's zone. */
export function readMoment(text: string): string {
  const [found, year, month, day, hour, minute, second = 0, , offsetHours = 0, offsetMinutes = 0] = MOMENT.exec(text) ?? [];
  const sound = found !== undefined && isDay(Number(year), Number(month), Number(day)) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!sound || Number(offsetHours) > 15 || Number(offsetMinutes) > 59) throw new BadRow('bad-date', text);
  return text.replace(',', '.');
}

function isDay(year: number, month: number, day: number): boolean {
  if (!(year >= 1000 && month >= 1 && month <= 12 && day >= 1)) return false;
  return day <= (month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

const SOURCE_NAMES = new Map<string, Source>([
  ...SOURCES.map((source) => [source, source] as const),
  ['charts', 'chart'],
  ['playlists', 'playlist'],
  ['online-playlist', 'playlist'],
  ['local-playlist', 'playlist'],
  ['my library', 'library'],
  ['local-library', 'library'],
]);

/** Where a play came from; what isn't one of our words is `other`. */
export const readSource = (text: string): Source => SOURCE_NAMES.get(text.toLowerCase()) ?? 'other';
