import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { PassThrough, pipeline, type Duplex } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import { UserError } from '../../errors.ts';
import type { Table, TableRecord } from './table.ts';

/** Longest record in bytes: an unclosed quote would otherwise swallow the rest of the file. */
const LONGEST_RECORD = 256_000;

/**
 * A CSV file with a header line, in UTF-8 (a byte order mark is fine), separated by commas, semicolons or tabs, whichever its first
 * line has most of. Fields may be quoted and hold line breaks; a stray quote within one is a character like others.
 * @throws UserError `import-empty`, `import-broken`
 */
export async function openCsv(path: string, gzipped: boolean): Promise<Table> {
  const { size } = await stat(path);
  const bytes = { read: 0 };
  const delimiter = await findDelimiter(path, gzipped);
  const first = await firstRecord(readCsv(path, gzipped, delimiter, bytes));
  if (!first) throw new UserError('import-empty', { file: path });
  const headers = first.fields.map((header) => header.trim());
  return {
    path,
    headers,
    bytes: size,
    records: () => withoutHeader(readCsv(path, gzipped, delimiter, bytes), headers.length),
    bytesRead: () => bytes.read,
  };
}

async function* readCsv(path: string, gzipped: boolean, delimiter: string, bytes: { read: number }): AsyncGenerator<TableRecord[]> {
  const starts = new LineStarts();
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    on_record: (record: string[], { lines }) => {
      starts.add(record, lines);
      return record;
    },
  });
  const source = openText(path, gzipped, bytes);
  pipeline(source, parser, () => {}); // errors arrive in the loop below
  let batch: TableRecord[] = [];
  try {
    for await (const fields of parser as AsyncIterable<string[]>) {
      batch.push({ line: starts.take(), fields });
      if (batch.length < 1000) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } catch (error) {
    throw new UserError('import-broken', { file: path, reason: reasonOf(error) }, { cause: error });
  } finally {
    source.destroy();
  }
}

/** The lines on which records begin: the parser runs ahead of its reader and only knows where a record ends. */
class LineStarts {
  #lines: number[] = [];
  #taken = 0;
  #lastEnd = 0;

  add(record: string[], end: number): void {
    this.#lines.push(end - this.#lastEnd > 1 ? end - lineBreaksIn(record) : end);
    this.#lastEnd = end;
  }

  take(): number {
    const line = this.#lines[this.#taken++] ?? 0;
    if (this.#taken === this.#lines.length) [this.#lines, this.#taken] = [[], 0];
    return line;
  }
}

/** The file's text as bytes, unzipped; `bytes.read` counts what was read of the file itself. */
function openText(path: string, gzipped: boolean, bytes: { read: number }): Duplex {
  bytes.read = 0;
  const file = createReadStream(path, { highWaterMark: 1 << 16 }).on('data', (chunk) => {
    bytes.read += chunk.length;
  });
  const text = gzipped ? createGunzip({ chunkSize: 1 << 16 }) : new PassThrough();
  pipeline(file, text, () => {});
  return text;
}

async function findDelimiter(path: string, gzipped: boolean): Promise<string> {
  const text = openText(path, gzipped, { read: 0 });
  try {
    for await (const chunk of text as AsyncIterable<Buffer>) {
      const [line = ''] = chunk.toString('utf8').split('\n');
      const counts = [',', ';', '\t'].map((mark) => ({ mark, count: line.split(mark).length }));
      return counts.reduce((most, one) => (one.count > most.count ? one : most)).mark;
    }
  } catch (error) {
    throw new UserError('import-broken', { file: path, reason: reasonOf(error) }, { cause: error });
  } finally {
    text.destroy();
  }
  throw new UserError('import-empty', { file: path });
}

async function firstRecord(batches: AsyncGenerator<TableRecord[]>): Promise<TableRecord | undefined> {
  for await (const [record] of batches) return record;
  return undefined;
}

async function* withoutHeader(batches: AsyncGenerator<TableRecord[]>, columns: number): AsyncGenerator<TableRecord[]> {
  let header = true;
  for await (const batch of batches) {
    if (header) batch.shift();
    header = false;
    for (const record of batch) if (!record.broken && record.fields.length !== columns) record.broken = 'column-count';
    yield batch;
  }
}

const lineBreaksIn = (fields: string[]) => fields.reduce((sum, field) => sum + (field.includes('\n') ? field.split('\n').length - 1 : 0), 0);

function reasonOf(error: unknown): string {
  if (error instanceof CsvError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'Z_BUF_ERROR' || code === 'Z_DATA_ERROR' ? `gzip: ${message}` : message;
}
