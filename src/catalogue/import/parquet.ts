import { stat } from 'node:fs/promises';
import { asyncBufferFromFile, parquetMetadataAsync, parquetScan, parquetSchema, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { UserError } from '../../errors.ts';
import type { Table, TableRecord } from './table.ts';

/** Rows decoded at once: row groups may hold millions. */
const WINDOW = 100_000;
const BATCH = 1000;

/**
 * A Parquet file of flat columns. Dates read as days, instants as ISO with Z, timestamps without a zone as ISO without one.
 * @throws UserError `import-broken`
 */
export async function openParquet(path: string): Promise<Table> {
  const { size } = await stat(path);
  const file = await asyncBufferFromFile(path);
  const broken = (error: unknown) => new UserError('import-broken', { file: path, reason: error instanceof Error ? error.message : String(error) }, { cause: error });
  const metadata = await parquetMetadataAsync(file).catch((error: unknown) => {
    throw broken(error);
  });
  const headers = parquetSchema(metadata).children.map(({ element }) => element.name);
  const localTimes = columnsOfLocalTime(metadata);
  const total = Number(metadata.num_rows);
  let rowsRead = 0;

  async function* records(wanted: ReadonlySet<string> = new Set(headers)): AsyncGenerator<TableRecord[]> {
    rowsRead = 0;
    const columns = headers.filter((header) => wanted.has(header));
    try {
      const scan = await parquetScan({ file, metadata, columns, compressors });
      for (const range of scan.ranges)
        for (let start = range.rowStart; start < range.rowEnd; start += WINDOW) {
          const end = Math.min(start + WINDOW, range.rowEnd);
          const data = new Map<string, ArrayLike<unknown>>();
          for (const column of columns) data.set(column, await scan.readColumn({ column, rowStart: start, rowEnd: end }));
          for (let at = start; at < end; at += BATCH) {
            const batch: TableRecord[] = [];
            for (let row = at; row < Math.min(at + BATCH, end); row++)
              batch.push({ line: row + 1, fields: headers.map((header) => textOf(data.get(header)?.[row - start], localTimes.has(header))) });
            rowsRead = at + batch.length;
            yield batch;
          }
        }
    } catch (error) {
      throw error instanceof UserError ? error : broken(error);
    }
  }
  return { path, headers, bytes: size, records, bytesRead: () => (total === 0 ? size : Math.round((size * rowsRead) / total)) };
}

/** Timestamps that are wall time ("isAdjustedToUTC: false"). */
function columnsOfLocalTime({ schema }: FileMetaData): Set<string> {
  return new Set(schema.filter(({ logical_type: type }) => type?.type === 'TIMESTAMP' && !type.isAdjustedToUTC).map(({ name }) => name));
}

function textOf(value: unknown, localTime: boolean): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  if (value instanceof Date) {
    const iso = value.toISOString();
    return localTime ? iso.slice(0, -1) : iso;
  }
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | bigint | boolean);
}
