import type { Sql } from 'postgres';
import { seenBy, type DemoAudience, type DemoReader } from './demo-seen.ts';

/** A workspace's demo with what was last said of it. Ranges are null for scores of before they were kept. */
export type ListedDemo = {
  id: string;
  workspaceId: string;
  /** Null for a file that did not come from Slack. */
  fileId: string | null;
  title: string;
  createdAt: Date;
  model: string;
  percentile: number;
  interval: { low: number; high: number } | null;
  listeners: number;
  playsPerListener: number;
  ranges: { listeners: { low: number; high: number }; playsPerListener: { low: number; high: number } } | null;
  /** The released song that it became. */
  song: { id: number; externalId: string; title: string; artist: string } | null;
};

/** The demos that somebody sees, newest first; `total` counts them all. */
export async function listDemos(sql: Sql, reader: DemoReader, { limit, offset }: { limit: number; offset: number }): Promise<{ demos: ListedDemo[]; total: number }> {
  const [count] = await sql<{ total: number }[]>`select count(*) as total from demo d where ${seenBy(sql, reader)} and exists (select from score where demo_id = d.id)`;
  const demos = await sql<ListedDemo[]>`${listed(sql)} where ${seenBy(sql, reader)} order by d.created_at desc, d.id limit ${limit} offset ${offset}`;
  return { demos, total: count?.total ?? 0 };
}

/** Those of these demos that are seen: ids that came back from a button may be anybody's. */
export async function findDemos(sql: Sql, reader: DemoReader | DemoAudience | 'owner', ids: readonly string[]): Promise<ListedDemo[]> {
  return await sql<ListedDemo[]>`${listed(sql)} where ${seenBy(sql, reader)} and d.id = any(${[...ids]}::uuid[]) order by d.created_at desc, d.id`;
}

/** The demos that these Slack files became, the newest of each: of files shared together, for the conversation they were shared in. */
export async function findDemosOfFiles(sql: Sql, workspaceId: string, fileIds: readonly string[]): Promise<ListedDemo[]> {
  return await sql<ListedDemo[]>`
    select distinct on ("fileId") * from (${listed(sql)} where d.workspace_id = ${workspaceId} and d.slack_file_id = any(${[...fileIds]}::text[])) found
    order by "fileId", "createdAt" desc`;
}

/** The demos of every workspace that a person at the terminal means, by id or by title whatever its case. */
export async function findDemosByName(sql: Sql, name: string): Promise<ListedDemo[]> {
  return await sql<ListedDemo[]>`${listed(sql)} where d.id::text = lower(${name}) or lower(d.title) = lower(${name}) order by d.created_at desc, d.id limit 20`;
}

/** The demos of a workspace that were tied to their songs, those tied last first. */
export async function findLinkedDemos(sql: Sql, workspaceId: string): Promise<ListedDemo[]> {
  return await sql<ListedDemo[]>`${listed(sql)} where d.workspace_id = ${workspaceId} and song.id is not null order by d.linked_at desc, d.id`;
}

const listed = (sql: Sql) => sql`
  select d.id, d.workspace_id as "workspaceId", d.slack_file_id as "fileId", d.title, d.created_at as "createdAt",
    s.model, s.percentile, s.listeners, s.plays_per_listener as "playsPerListener", s.answer->'interval' as interval,
    case when s.answer->'listeners'->'low' is not null then jsonb_build_object('listeners', s.answer->'listeners', 'playsPerListener', s.answer->'playsPerListener') end as ranges,
    case when song.id is not null then jsonb_build_object('id', song.id, 'externalId', song.external_id, 'title', song.title, 'artist', artist.name) end as song
  from demo d
  join lateral (select * from score where demo_id = d.id order by made_at desc, id limit 1) s on true
  left join song on song.id = d.song_id
  left join artist on artist.id = song.artist_id`;
