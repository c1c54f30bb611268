import type { Database } from '../../db/client.ts';
import { asUserError, createClient } from '../../db/connection.ts';
import { ADVISORY } from '../../db/locks.ts';
import { UserError } from '../../errors.ts';
import { findGaps } from './ingest-days.ts';
import type { Kind, Session } from './kind.ts';
import type { ImportKind, ImportSummary, LoadOptions, Rejection, Staged } from './rows.ts';
import { stageRows } from './stage.ts';

export type Rows<Row> = Iterable<Row> | AsyncIterable<Row>;

/**
 * Loads rows from memory. They are trusted to be well formed (importFiles is for what comes from outside); one that contradicts an
 * earlier row of the same load, or names what the catalogue lacks, is counted as rejected.
 * @throws UserError `database-unavailable`
 */
export async function load<Row>(db: Database, kind: Kind<Row>, rows: Rows<Row>, options: Partial<LoadOptions>): Promise<ImportSummary> {
  async function* batches(): AsyncGenerator<Staged<Row>[]> {
    let batch: Staged<Row>[] = [];
    let line = 0;
    for await (const row of rows) {
      batch.push({ file: 0, line: ++line, row });
      if (batch.length < 1000) continue;
      yield batch;
      batch = [];
    }
    yield batch;
  }
  return await runImport(db, kind, batches(), options);
}

export type ImportHooks = {
  /** Names of the files that `Staged.file` counts. */
  files?: readonly string[];
  bytes?: () => { done: number; total: number };
  /** Called between checking and applying with everything that was refused, in the order of the files; may throw to stop the import. */
  refused?: (rejections: AsyncIterable<{ file: number; line: number; reason: string; value: string }[]>, first: Rejection[], count: number) => Promise<string | null>;
};

/**
 * Stages everything, checks it, and only then applies it, a transaction a day. Imports of one kind wait for one another from the
 * check on, by an advisory lock that ends with the connection.
 */
export async function runImport<Row>(db: Database, kind: Kind<Row>, batches: AsyncIterable<Staged<Row>[]>, options: Partial<LoadOptions>, hooks: ImportHooks = {}): Promise<ImportSummary> {
  const { feed = 'main', timeZone = 'UTC', minSeconds = 30, wholeDays = false, onProgress } = options;
  if (feed.trim() === '') throw new UserError('import-feed');
  const started = performance.now();
  const sql = createClient(db.url, 1, { idle_timeout: 0, max_lifetime: null, connection: { application_name: 'encore import', TimeZone: timeZone } });
  let rows = 0;
  const session: Session = { sql, feed, minSeconds, wholeDays, progress: (phase, done, total) => onProgress?.({ phase, done, total, rows }) };
  try {
    rows = await stageRows(sql, kind, batches, (read) => {
      rows = read;
      const { done, total } = hooks.bytes?.() ?? { done: 0, total: 0 };
      session.progress('reading', done, total);
    });
    await waitForTurn(session, kind.name);
    session.progress('checking', 0, 0);
    const checked = await kind.check(session);
    const { count, first } = await rejections(session, hooks.files);
    const rejectsFile = count > 0 && hooks.refused ? await hooks.refused(allRejections(session), first, count) : null;
    const applied = await kind.apply(session);
    const gaps = await findGaps(session, kind.name);
    return { kind: kind.name, rows, ...checked, ...applied, rejected: count, rejections: first, rejectsFile, gaps, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    throw asUserError(error, db.url);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function waitForTurn({ sql, progress }: Session, kind: ImportKind): Promise<void> {
  const lock = ADVISORY.importOf[kind];
  const [turn] = await sql<{ mine: boolean }[]>`select pg_try_advisory_lock(${lock}) as mine`;
  if (turn?.mine) return;
  progress('waiting', 0, 0);
  await sql`select pg_advisory_lock(${lock})`;
}

/** How many rows were refused, and for each reason how many and the first: a file of unknown songs is one line, not thousands. */
async function rejections({ sql }: Session, files: readonly string[] = []): Promise<{ count: number; first: Rejection[] }> {
  const first = await sql<{ file: number; line: number; reason: string; value: string; count: number }[]>`
    select * from (select distinct on (reason) file, line, reason, value, count(*) over (partition by reason) as count from rejected order by reason, file, line) r
    order by file, line`;
  return { count: first.reduce((sum, { count }) => sum + count, 0), first: first.map((one) => ({ ...one, file: files[one.file] ?? null })) };
}

async function* allRejections({ sql }: Session) {
  yield* sql<{ file: number; line: number; reason: string; value: string }[]>`select file, line, reason, value from rejected order by file, line`.cursor(1000);
}
