import { UserError } from '../../errors.ts';
import type { IncomingDay } from './ingest-days.ts';
import type { Session } from './kind.ts';
import type { Shrunk } from './rows.ts';

type Compared = Shrunk & { outside: number; zone: string };

/** Fewer plays than that before the first or after the last of a day's new ones say nothing of hours that are missing. */
const FEW = 3;

/**
 * Compares the plays of days that come again with those they would replace. A file cut by days of another zone holds only a part of a day:
 * most known plays are missing from it, or more than a tenth of them lie before its first or after its last. Such a day is not replaced.
 * A play is the same if listener, song and time are; a corrected source or length leaves it the same.
 *
 * @returns the days that lose more than a tenth of their plays
 * @throws UserError `import-day-part`, unless the rows are said to be whole days
 */
export async function comparePlays({ sql, feed, wholeDays }: Session, incoming: readonly IncomingDay[]): Promise<Shrunk[]> {
  const known = incoming.filter((day) => day.knownRows !== null).map(({ day }) => day);
  if (known.length === 0) return [];
  const days = await sql<Compared[]>`
    with gone as (
      select day, listener_id, song_id, played_at from play where feed = ${feed} and day = any(${known}::date[])
      except all select day, listener_id, song_id, played_at from checked where day = any(${known}::date[])),
    span as (select day, min(played_at) as first, max(played_at) as last from checked where day = any(${known}::date[]) group by day)
    select g.day, i.rows as before, count(*) as missing, count(*) filter (where g.played_at not between s.first and s.last) as outside, current_setting('TimeZone') as zone
    from gone g join span s on s.day = g.day join ingest_day i on i.day = g.day and i.kind = 'plays' and i.feed = ${feed}
    group by g.day, i.rows order by g.day`;
  const parts = wholeDays ? [] : days.filter(({ before, missing, outside }) => missing > before / 2 || (outside >= FEW && outside > before / 10));
  const [part] = parts;
  if (part) throw new UserError('import-day-part', { day: part.day, before: part.before, missing: part.missing, days: parts.length, zone: part.zone });
  return days.filter(({ before, missing }) => missing > before / 10).map(({ day, before, missing }) => ({ day, before, missing }));
}
