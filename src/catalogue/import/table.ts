import { open } from 'node:fs/promises';
import { UserError } from '../../errors.ts';
import { openCsv } from './csv.ts';
import { openParquet } from './parquet.ts';

/** A record as it stands in the file: its fields in the order of the headers, or why it can't be read. `line` is where it begins (Parquet: its row, from 1). */
export type TableRecord = { line: number; fields: string[]; broken?: string };

/** A file of records, read in batches as they are asked for. */
export type Table = {
  path: string;
  headers: string[];
  /** Size of the file in bytes. */
  bytes: number;
  /** @param wanted headers whose fields are needed; the others may be left empty. All by default. */
  records(wanted?: ReadonlySet<string>): AsyncGenerator<TableRecord[]>;
  /** Bytes read of the file so far, by the records asked for last. */
  bytesRead(): number;
};

/**
 * Opens a CSV, a gzipped CSV or a Parquet file, known by its content and not by its name.
 * @throws UserError `import-no-file`, `import-not-a-table`, `import-empty`, `import-broken`
 */
export async function openTable(path: string): Promise<Table> {
  const head = await readHead(path);
  if (head.length === 0) throw new UserError('import-empty', { file: path });
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return await openParquet(path);
  const looks = foreignFormat(head);
  if (looks) throw new UserError('import-not-a-table', { file: path, looks });
  return await openCsv(path, head[0] === 0x1f && head[1] === 0x8b);
}

/** What a file is instead, if its first bytes tell. */
export function foreignFormat(head: Buffer): string | undefined {
  if (head.subarray(0, 2).toString('latin1') === 'PK') return 'Excel or zip';
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return 'UTF-16';
  if (head[0] === 0x1f && head[1] === 0x8b) return undefined;
  return head.includes(0) ? 'binary' : undefined;
}

async function readHead(path: string): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4096), length: 4096 });
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new UserError('import-no-file', { file: path, reason: (error as NodeJS.ErrnoException).code ?? '' }, { cause: error });
  }
}
