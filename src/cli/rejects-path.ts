import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Where bad rows go if nothing else was asked for: beside the first file, or in the current folder where that one can't be written.
 * @example await rejectsPath('/data/plays.csv.gz') // '/data/plays.csv.gz.rejects.csv'
 */
export async function rejectsPath(first: string): Promise<string> {
  const name = `${basename(first)}.rejects.csv`;
  const writable = await access(dirname(first), constants.W_OK).then(() => true, () => false);
  return writable ? join(dirname(first), name) : name;
}
