import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../../errors.ts';
import type { Bad } from './rows.ts';
import type { Table } from './table.ts';

type Refused = Bad & { file: number; line: number };

/**
 * Writes the records that were refused to a CSV: file, line, reason, and the fields as they stood. The files are read a second time
 * beside the refusals, both in order, so that no record has to be kept.
 *
 * @param refused in the order of files and lines
 * @throws UserError `import-rejects-file` when it can't be written
 */
export async function writeRejectsFile(path: string, tables: readonly Table[], refused: AsyncIterable<Refused[]>): Promise<void> {
  const headers = [...new Set(tables.flatMap((table) => table.headers))];
  async function* lines() {
    yield csvLine(['file', 'line', 'reason', ...headers]);
    const records = new RecordFinder(tables);
    for await (const batch of refused) {
      let text = '';
      for (const { file, line, reason, value } of batch) {
        const table = tables[file];
        const fields = (await records.find(file, line)) ?? [];
        const known = headers.map((header) => fields[table?.headers.indexOf(header) ?? -1] ?? '');
        text += csvLine([table?.path ?? '', String(line), value ? `${reason}: ${value}` : reason, ...known, ...fields.slice(table?.headers.length)]);
      }
      yield text;
    }
  }
  const draft = `${path}.part`;
  try {
    await pipeline(Readable.from(lines()), createWriteStream(draft));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw /^E[A-Z]+$/.test(code) ? new UserError('import-rejects-file', { file: path, reason: code }, { cause: error }) : error;
  }
}

/** Walks through files once, in order. */
class RecordFinder {
  readonly #tables: readonly Table[];
  #file = -1;
  #batches: AsyncGenerator<{ line: number; fields: string[] }[]> | undefined;
  #batch: { line: number; fields: string[] }[] = [];
  #at = 0;

  constructor(tables: readonly Table[]) {
    this.#tables = tables;
  }

  /** Must be asked in the order of files and lines. */
  async find(file: number, line: number): Promise<string[] | undefined> {
    if (file !== this.#file) {
      await this.#batches?.return(undefined);
      this.#file = file;
      this.#batches = this.#tables[file]?.records();
      this.#batch = [];
      this.#at = 0;
    }
    for (;;) {
      for (; this.#at < this.#batch.length; this.#at++) {
        const record = this.#batch[this.#at];
        if (record && record.line >= line) return record.line === line ? record.fields : undefined;
      }
      const next = await this.#batches?.next();
      if (!next || next.done) return undefined;
      this.#batch = next.value;
      this.#at = 0;
    }
  }
}

const csvLine = (fields: string[]): string => `${fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\n`;
