import type postgres from 'postgres';
import type { Database } from '../../db/client.ts';
import { BadRow, readCount, readDay, readId, readSource } from './cells.ts';
import { digestOf, incomingDays, noteDay, type IncomingDay } from './ingest-days.ts';
import type { Applied, Kind } from './kind.ts';
import { load, type Rows } from './load.ts';
import type { ImportSummary, LoadOptions, DailyRow } from './rows.ts';

type Column = 'song' | 'day' | 'source' | 'plays' | 'floor';

const HASHED = 'song_id, source, plays, floor';

/**
 * Daily counts. A song's day that comes again replaces that song's day of its feed; songs the file does not name are left alone. What
 * another feed has counted already (same song, day and source) is rejected.
 */
export const daily: Kind<DailyRow, Column> = {
  name: 'daily',
  columns: {
    song: { also: ['song_id', 'track_id', 'track'], required: true },
    day: { also: ['date', '日期'], required: true },
    source: { also: ['play_source', 'source_type'] },
    plays: { also: ['play_count', 'streams', 'listens', 'count', '播放次數'], required: true },
    floor: { also: ['chart_floor'] },
  },
  read(cells) {
    const [plays, floor] = [readCount(cells('plays')), readCount(cells('floor'))];
    if (plays === null && floor === null) throw new BadRow('no-plays-no-floor');
    return { song: readId(cells('song')), day: readDay(cells('day')), source: readSource(cells('source')), plays, floor };
  },
  stage: 'song text, day date, source text, plays int, floor int',
  values: (row) => [row.song, row.day, row.source ?? 'other', row.plays, row.floor ?? null],

  async check({ sql, feed }) {
    await sql`
      create temp table judged as
      select s.file, s.line, s.song, g.id as song_id, s.day, s.source, s.plays, s.floor, row_number() over same as nth,
        (s.plays, s.floor) is distinct from (first_value(s.plays) over same, first_value(s.floor) over same) as differs
      from stage s left join song g on g.external_id = s.song where s.reason is null
      window same as (partition by s.day, s.song, s.source order by s.file, s.line)`;
    await sql`drop table stage`;
    await sql`
      insert into rejected
      select file, line, reason, case reason when 'unknown-song' then song when 'conflict' then concat_ws(' ', song, day, source) else day::text end
      from (select *, case when song_id is null then 'unknown-song' when not day between '2000-01-01' and current_date + 1 then 'date-out-of-range' when differs then 'conflict' end as reason
        from judged) j
      where reason is not null`;
    const [repeats] = await sql<{ n: number }[]>`
      select count(*) as n from judged where nth > 1 and not differs and song_id is not null and day between '2000-01-01' and current_date + 1`;
    await sql`
      create temp table checked as
      select file, line, song_id, day, source, plays, floor from judged
      where nth = 1 and song_id is not null and day between '2000-01-01' and current_date + 1 order by day`;
    await sql`drop table judged`;
    // Two feeds that count the same plays would be added up.
    await sql`
      with counted as (
        delete from checked c using song_day other, song g
        where other.song_id = c.song_id and other.day = c.day and other.source = c.source and other.feed not in ('', ${feed}) and g.id = c.song_id
        returning c.file, c.line, concat_ws(' ', g.external_id, c.day, c.source, '(' || other.feed || ')') as value)
      insert into rejected select file, line, 'other-feed', value from counted`;
    await sql`create index on checked using brin (day) with (pages_per_range = 8)`;
    await sql`analyze checked`;
    return { repeated: repeats?.n ?? 0, short: 0 };
  },

  async apply(session) {
    const { sql, feed } = session;
    const applied: Applied = { added: 0, unchanged: 0, replaced: 0, days: { new: 0, unchanged: 0, replaced: 0 }, shrunk: [] };
    const days = await incomingDays(session, 'daily', HASHED);
    for (const [done, day] of days.entries()) {
      const change = day.digest === day.knownDigest ? NO_CHANGE : await sql.begin((sql) => applyDay(sql, feed, day));
      applied.added += change.added;
      applied.replaced += change.replaced;
      applied.unchanged += day.rows - change.added - change.replaced;
      applied.days[day.knownRows === null ? 'new' : change.songs.length > 0 ? 'replaced' : 'unchanged'] += 1;
      session.progress('applying', done + 1, days.length);
    }
    return applied;
  },
};

/** Loads daily counts; a song's day of this feed that is known already is replaced if it differs. */
export async function loadDaily(db: Database, rows: Rows<DailyRow>, options: Partial<LoadOptions> = {}): Promise<ImportSummary> {
  return await load(db, daily, rows, options);
}

/** The songs whose day differs, how many of the day's rows are new, and how many have other values than before. */
type Change = { songs: number[]; added: number; replaced: number };
const NO_CHANGE: Change = { songs: [], added: 0, replaced: 0 };

async function applyDay(sql: postgres.ISql, feed: string, { day }: IncomingDay): Promise<Change> {
  const [change = NO_CHANGE] = await sql<Change[]>`
    with fresh as (select song_id, source, plays, floor from checked where day = ${day}),
      old as (select song_id, source, plays, floor from song_day where day = ${day} and feed = ${feed} and song_id in (select song_id from fresh)),
      pair as (select f.song_id as fresh, o.song_id as old, coalesce(f.song_id, o.song_id) as song_id, (f.plays, f.floor) is distinct from (o.plays, o.floor) as differs
        from fresh f full join old o on f.song_id = o.song_id and f.source = o.source)
    select coalesce(array_agg(distinct song_id) filter (where differs), '{}') as songs,
      count(*) filter (where old is null) as added, count(*) filter (where fresh is not null and old is not null and differs) as replaced
    from pair`;
  if (change.songs.length === 0) return change;
  await sql`delete from song_day where day = ${day} and feed = ${feed} and song_id = any(${change.songs})`;
  await sql`
    insert into song_day (song_id, day, source, feed, plays, floor)
    select song_id, day, source, ${feed}, plays, floor from checked where day = ${day} and song_id = any(${change.songs})`;
  const [now] = await sql<{ rows: number; digest: string; charted: boolean }[]>`
    select count(*)::int as rows, ${digestOf(sql, HASHED)} as digest, bool_or(floor is not null) as charted from song_day where day = ${day} and feed = ${feed}`;
  if (now) await noteDay(sql, 'daily', feed, { day, ...now });
  return change;
}
