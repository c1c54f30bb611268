import type { Sql } from 'postgres';
import type { Source } from '../schema/sources.ts';
import { wanted, type ListenerQuestion } from './trajectory-listeners.ts';

/** Plays of a song from one source; the arrays run in step. */
export type SourceRows = { songId: number; source: Source; day: number[]; plays: number[] };

/** Where the plays of songs came from, day by day; only what was rolled up from plays, so that it belongs to the listeners counted elsewhere. */
export async function sourcesByDay(sql: Sql, songs: readonly ListenerQuestion[]): Promise<SourceRows[]> {
  return await sql<SourceRows[]>`
    select d.song_id as "songId", d.source, json_agg(d.day - w.release order by d.day) as day, json_agg(d.plays order by d.day) as plays
    from ${wanted(sql, songs)} join song_day d on d.song_id = w.song_id and d.day >= w.release and d.day < w.release + w.days
    where d.feed = '' and d.plays is not null
    group by d.song_id, d.source`;
}
