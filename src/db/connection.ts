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

/** Whether an error says that the database could not be reached, or went away. */
export const isAway = (error: unknown): boolean => error instanceof Error && AWAY.test((error as { code?: string }).code ?? '');

/** What a failed connection means to the user; anything else stays as it is. */
export function asUserError(error: unknown, url: string): unknown {
  if (!(error instanceof Error) || !isAway(error)) return error;
  const { hostname, port, pathname } = new URL(url);
  return new UserError('database-unavailable', { where: `${hostname}:${port || 5432}${pathname}`, reason: error.message || (error as { code?: string }).code || '' }, { cause: error });
}
