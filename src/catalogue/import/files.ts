import { resolve } from 'node:path';
import type { Database } from '../../db/client.ts';
import { UserError } from '../../errors.ts';
import { requireNoDemo } from '../demo/apart.ts';
import { BadRow, type Cells } from './cells.ts';
import { daily } from './daily.ts';
import type { Kind } from './kind.ts';
import { listeners } from './listeners.ts';
import { runImport } from './load.ts';
import { matchColumns, type Positions } from './match-columns.ts';
import { plays } from './plays.ts';
import { writeRejectsFile } from './rejects-file.ts';
import type { ImportKind, ImportSummary, LoadOptions, Rejection, Staged } from './rows.ts';
import { songs } from './songs.ts';
import { openTable, type Table, type TableRecord } from './table.ts';

export type ImportOptions = LoadOptions & {
  /** Our column name -> the file's, where the usual names don't fit; one of theirs may serve several of ours. */
  columns?: Partial<Record<string, string>>;
  /** Refuse everything if a single row is bad. */
  strict?: boolean;
  /** Where bad rows go, with file, line and reason; written only if there are any. */
  rejectsFile?: string;
};

/** Nothing was applied, because of these rows. Its words are `error.import-refused`; those of the rows are `import.reason.<reason>`. */
export class ImportRefused extends UserError {
  /** One for each reason, in the order of the files. */
  readonly rejections: Rejection[];

  constructor(rejections: Rejection[], count: number) {
    super('import-refused', { count });
    this.rejections = rejections;
  }
}

/**
 * Imports CSV (also gzipped) and Parquet files into the catalogue, as one delivery: all of them are read and checked before anything
 * is applied. The same files a second time change nothing.
 *
 * @throws UserError `import-no-file`, `import-not-a-table`, `import-empty`, `import-broken`, `import-column-unknown`,
 *   `import-column-missing`, `import-rejects-file`, `import-feed`, `import-day-part`, `demo-catalogue-loaded`, `database-unavailable`;
 *   ImportRefused when strict
 * @example await importFiles(db, 'daily', ['streams.csv.gz'], { timeZone: 'Asia/Taipei', columns: { plays: 'streams' } })
 */
export async function importFiles(db: Database, kind: ImportKind, files: readonly string[], options: ImportOptions): Promise<ImportSummary> {
  await requireNoDemo(db);
  if (kind === 'songs') return await importKind(db, songs, files, options);
  if (kind === 'listeners') return await importKind(db, listeners, files, options);
  if (kind === 'plays') return await importKind(db, plays, files, options);
  return await importKind(db, daily, files, options);
}

async function importKind<Row, Column extends string>(db: Database, kind: Kind<Row, Column>, files: readonly string[], options: ImportOptions): Promise<ImportSummary> {
  const { columns, strict, rejectsFile } = options;
  const sources: { table: Table; positions: Positions<Column> }[] = [];
  for (const path of new Map(files.map((file) => [resolve(file), file])).values()) {
    const table = await openTable(path);
    sources.push({ table, positions: matchColumns(path, table.headers, kind.columns, columns) });
  }
  const tables = sources.map(({ table }) => table);
  let finished = 0;
  let reading = 0;
  async function* batches(): AsyncGenerator<Staged<Row>[]> {
    for (const [file, { table, positions }] of sources.entries()) {
      reading = file;
      const wanted = new Set(Object.values<number | undefined>(positions).map((at) => table.headers[at ?? -1] ?? ''));
      const stage = reader(kind, file, positions);
      for await (const batch of table.records(wanted)) yield batch.map(stage);
      finished += table.bytes;
    }
  }
  const total = tables.reduce((sum, table) => sum + table.bytes, 0);
  return await runImport(db, kind, batches(), options, {
    files: tables.map(({ path }) => path),
    bytes: () => ({ done: Math.min(total, finished + (tables[reading]?.bytesRead() ?? 0)), total }),
    refused: async (refused, first, count) => {
      if (rejectsFile !== undefined) await writeRejectsFile(rejectsFile, tables, refused);
      if (strict) throw new ImportRefused(first, count);
      return rejectsFile ?? null;
    },
  });
}

/** Turns a file's records into rows, or into what is wrong with them. */
function reader<Row, Column extends string>(kind: Kind<Row, Column>, file: number, positions: Positions<Column>): (record: TableRecord) => Staged<Row> {
  let fields: string[] = [];
  const cell = (column: Column) => {
    const at = positions[column];
    return at === undefined ? '' : (fields[at] ?? '').trim();
  };
  const cells: Cells<Column> = Object.assign(cell, { has: (column: Column) => positions[column] !== undefined });
  return (record) => {
    const { line, broken } = record;
    if (broken) return { file, line, bad: { reason: broken, value: '' } };
    fields = record.fields;
    try {
      return { file, line, row: kind.read(cells) };
    } catch (error) {
      if (!(error instanceof BadRow)) throw error;
      return { file, line, bad: { reason: error.reason, value: error.value } };
    }
  };
}
