import type postgres from 'postgres';
import type { Database } from '../../db/client.ts';
import { readId, readMoment, readSource, readWhole } from './cells.ts';
import { incomingDays, noteDay, type IncomingDay } from './ingest-days.ts';
import type { Applied, Kind } from './kind.ts';
import { comparePlays } from './compare-plays.ts';
import { load, type Rows } from './load.ts';
import type { ImportSummary, LoadOptions, PlayRow } from './rows.ts';

type Column = 'listener' | 'song' | 'playedAt' | 'source' | 'seconds';

/** Plays. A day that comes again with other plays replaces that day of its feed, whole, unless it seems to be another part of it. */
export const plays: Kind<PlayRow, Column> = {
  name: 'plays',
  columns: {
    listener: { also: ['listener_id', 'user_id', 'user', 'member_id', 'msno'], required: true },
    song: { also: ['song_id', 'track_id', 'track'], required: true },
    playedAt: { also: ['played_at', 'played_time', 'timestamp', 'time', 'datetime', 'ts'], required: true },
    source: { also: ['play_source', 'source_type'] },
    seconds: { also: ['listened_seconds', 'played_seconds', 'seconds_played', 'play_seconds'] },
  },
  read: (cells) => ({
    listener: readId(cells('listener')),
    song: readId(cells('song')),
    playedAt: readMoment(cells('playedAt')),
    source: readSource(cells('source')),
    seconds: readWhole(cells('seconds'), 0, 86_400),
  }),
  stage: 'listener text, song text, played_at timestamptz, source text, seconds int',
  values: (row) => [row.listener, row.song, row.playedAt, row.source ?? 'other', row.seconds ?? null],

  /** Ordered by day, so that a day's rows lie together and a BRIN index finds them. `played_at::date` is the session's, the catalogue's. */
  async check({ sql, minSeconds }) {
    await sql`
      create temp table checked as
      select s.file, s.line, l.id as listener_id, g.id as song_id, s.played_at, s.played_at::date as day, s.source, least(s.seconds, 32767)::smallint as seconds,
        case when g.id is null then 'unknown-song' when l.id is null then 'unknown-listener' when not s.played_at between '2000-01-01' and now() + interval '1 day' then 'date-out-of-range' end as reason,
        case when g.id is null then s.song when l.id is null then s.listener when not s.played_at between '2000-01-01' and now() + interval '1 day' then s.played_at::date::text end as value
      from stage s left join song g on g.external_id = s.song left join listener l on l.external_id = s.listener
      where s.reason is null and (s.seconds is null or s.seconds >= ${minSeconds})
      order by day`;
    const [counts] = await sql<{ short: number }[]>`select count(*) as short from stage where reason is null and seconds < ${minSeconds}`;
    await sql`drop table stage`;
    await sql`insert into rejected select file, line, reason, value from checked where reason is not null`;
    await sql`delete from checked where reason is not null`;
    await sql`create index on checked using brin (day) with (pages_per_range = 8)`;
    await sql`analyze checked`;
    return { repeated: 0, short: counts?.short ?? 0 };
  },

  async apply(session) {
    const { sql, feed } = session;
    const applied: Applied = { added: 0, unchanged: 0, replaced: 0, days: { new: 0, unchanged: 0, replaced: 0 }, shrunk: [] };
    const days = await incomingDays(session, 'plays', 'listener_id, song_id, played_at, source, seconds');
    const changed = days.filter((day) => day.digest !== day.knownDigest);
    applied.shrunk = await comparePlays(session, changed);
    await makePartitions(sql, changed);
    for (const [done, day] of days.entries()) {
      const outcome = day.knownRows === null ? 'new' : day.digest === day.knownDigest ? 'unchanged' : 'replaced';
      if (outcome !== 'unchanged') await sql.begin((sql) => replaceDay(sql, feed, day));
      applied.days[outcome] += 1;
      applied[outcome === 'new' ? 'added' : outcome] += day.rows;
      session.progress('applying', done + 1, days.length);
    }
    return applied;
  },
};

/** Loads plays and rolls their days up into daily counts by source; a day of this feed that is known already is replaced if it differs. */
export async function loadPlays(db: Database, rows: Rows<PlayRow>, options: LoadOptions): Promise<ImportSummary> {
  return await load(db, plays, rows, options);
}

/** One partition a month. Safe with several importers: imports of plays wait for one another. */
async function makePartitions(sql: postgres.Sql, days: IncomingDay[]): Promise<void> {
  for (const month of new Set(days.map(({ day }) => day.slice(0, 7)))) {
    const [year = 0, number = 0] = month.split('-').map(Number);
    const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
    await sql.unsafe(`create table if not exists play_${month.replace('-', '_')} partition of play for values from ('${month}-01') to ('${next}-01')`);
  }
}

/** The day's plays of this feed anew, then the day's counts over all feeds. */
async function replaceDay(sql: postgres.ISql, feed: string, day: IncomingDay): Promise<void> {
  if (day.knownRows !== null) await sql`delete from play where day = ${day.day} and feed = ${feed}`;
  await sql`
    insert into play (listener_id, song_id, day, played_at, source, seconds, feed)
    select listener_id, song_id, day, played_at, source, seconds, ${feed} from checked where day = ${day.day}`;
  await sql`delete from song_day where day = ${day.day} and feed = ''`;
  await sql`
    insert into song_day (song_id, day, source, feed, plays)
    select song_id, day, source, '', count(*) from play where day = ${day.day} group by song_id, day, source`;
  await noteDay(sql, 'plays', feed, day);
}
