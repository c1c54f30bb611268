import postgres from 'postgres';
import { UserError } from '../errors.ts';

const DATE = 1082;
const BIGINT = 20;

/**
 * A client whose `date` columns are 'YYYY-MM-DD' strings and whose 64-bit integers (`count(*)` too) are numbers.
 * @param max the most connections open at once; they are opened on demand.
 */
export function createClient(url: string, max: number, options: postgres.Options<Record<string, postgres.PostgresType>> = {}): postgres.Sql {
  return postgres(url, {
    max,
    idle_timeout: 60,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: 'encore' },
    types: {
      day: { to: DATE, from: [DATE], serialize: String, parse: String },
      integer64: { to: BIGINT, from: [BIGINT], serialize: String, parse: Number },
    },
    ...options,
  });
}

/** SQLSTATE classes and socket errors that mean "no database there", as against a mistake in a statement. */
const AWAY = /^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|CONNECT_TIMEOUT|CONNECTION_|08|57P|28|3D000|53300)/;
const DISK_FULL = '53100';

/** Whether an error says that the database could not be reached, or went away. */
export const isAway = (error: unknown): boolean => error instanceof Error && AWAY.test((error as { code?: string }).code ?? '');

/** What a failure of the database means to the user; a mistake in a statement stays as it is. */
export function asUserError(error: unknown, url: string): unknown {
  if (!(error instanceof Error)) return error;
  const { hostname, port, pathname } = new URL(url);
  const where = `${hostname}:${port || 5432}${pathname}`;
  const { code, message } = error as Error & { code?: string };
  if (code === DISK_FULL) return new UserError('database-disk-full', { folder: where }, { cause: error });
  return isAway(error) ? new UserError('database-unavailable', { where, reason: message || code || '' }, { cause: error }) : error;
}
