import type postgres from 'postgres';
import type { Session } from './kind.ts';
import type { Gaps, ImportKind } from './rows.ts';

/** A day of `checked` beside what the feed delivered for it before. */
export type IncomingDay = { day: string; rows: number; digest: string; knownRows: number | null; knownDigest: string | null };

/**
 * The days of `checked`, in order, with an order-independent digest: the sum of the rows' hashes.
 * @param hashed the columns that make two deliveries of a day the same
 */
export async function incomingDays({ sql, feed }: Session, kind: 'plays' | 'daily', hashed: string): Promise<IncomingDay[]> {
  return await sql<IncomingDay[]>`
    select c.day, c.rows, c.digest, i.rows as "knownRows", i.digest as "knownDigest"
    from (select day, count(*)::int as rows, ${digestOf(sql, hashed)} as digest from checked group by day) c
    left join ingest_day i on i.day = c.day and i.kind = ${kind} and i.feed = ${feed}
    order by c.day`;
}

export const digestOf = (sql: postgres.ISql, hashed: string) => sql.unsafe(`sum(hash_record_extended(row(${hashed}), 0))::text`);

/**
 * Notes a day as delivered: what makes the same delivery a no-op next time, and the data date.
 * @param day.charted some of its rows have a floor
 */
export async function noteDay(sql: postgres.ISql, kind: 'plays' | 'daily', feed: string, day: Pick<IncomingDay, 'day' | 'rows' | 'digest'> & { charted?: boolean }): Promise<void> {
  await sql`
    insert into ingest_day (kind, feed, day, rows, digest, charted) values (${kind}, ${feed}, ${day.day}, ${day.rows}, ${day.digest}, ${day.charted ?? false})
    on conflict (day, kind, feed) do update set rows = excluded.rows, digest = excluded.digest, charted = excluded.charted, imported_at = now()`;
}

/** Days between the first and the last of a feed on which it delivered nothing: a forecast takes them for unknown, not for 0 plays. */
export async function findGaps({ sql, feed }: Session, kind: ImportKind): Promise<Gaps | null> {
  const [gaps] = await sql<(Gaps | { days: 0 })[]>`
    select count(*) as days, min(day) as first, min("from") as "from", min("to") as "to"
    from (select min(day) as "from", max(day) as "to" from ingest_day where kind = ${kind} and feed = ${feed}) span,
      lateral (select d::date as day from generate_series(span."from", span."to", interval '1 day') d) every_day
    where not exists (select from ingest_day i where i.kind = ${kind} and i.feed = ${feed} and i.day = every_day.day)`;
  return gaps && gaps.days > 0 && 'first' in gaps ? gaps : null;
}
