import type { Sql } from 'postgres';

/** The days that each feed of song_day has delivered; feed `''` stands for all files of plays. A few hundred rows a year. */
export async function trajectoryCoverage(sql: Sql): Promise<{ feed: string; day: string }[]> {
  return await sql<{ feed: string; day: string }[]>`
    select distinct case kind when 'plays' then '' else feed end as feed, day::text as day from ingest_day order by 2`;
}
