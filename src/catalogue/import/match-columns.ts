import { UserError } from '../../errors.ts';
import type { Columns } from './kind.ts';

/** Which of a file's columns (by position) each of ours is read from. */
export type Positions<Column extends string> = Partial<Record<Column, number>>;

/**
 * Finds our columns among a file's headers: the given mapping first, then our own names, then the names people commonly use, compared
 * without case, spaces and punctuation.
 *
 * @param mapping our name -> theirs; one of theirs may serve several of ours
 * @throws UserError `import-column-unknown` (not one of our names), `import-column-missing` (not in the file)
 * @example matchColumns('daily.csv', ['Date', 'Song ID', 'streams'], daily.columns) // { day: 0, song: 1, plays: 2 }
 */
export function matchColumns<Column extends string>(file: string, headers: readonly string[], columns: Columns<Column>, mapping: Partial<Record<string, string>> = {}): Positions<Column> {
  const ours = Object.keys(columns) as Column[];
  for (const name of Object.keys(mapping))
    if (!ours.some((known) => known === name)) throw new UserError('import-column-unknown', { column: name, known: ours.join(', ') });
  const folded = headers.map(fold);
  const positions: Positions<Column> = {};
  for (const name of ours) {
    const theirs = mapping[name];
    const at = theirs === undefined ? [name, ...columns[name].also].map((one) => folded.indexOf(fold(one))).find((found) => found >= 0) : headerAt(headers, theirs);
    if (at !== undefined && at >= 0) positions[name] = at;
    else if (theirs !== undefined || columns[name].required) throw new UserError('import-column-missing', { column: theirs ?? name, file, headers: headers.join(', ') });
  }
  return positions;
}

/** Exactly as written, else without regard to case and spaces. */
function headerAt(headers: readonly string[], name: string): number {
  const exact = headers.indexOf(name);
  return exact >= 0 ? exact : headers.map(fold).indexOf(fold(name));
}

const fold = (header: string): string => header.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
