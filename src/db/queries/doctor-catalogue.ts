import type { Database } from '../client.ts';
import { dataDate } from './data-date.ts';

/** What `encore doctor` reports of the database. */
export type CatalogueFacts = {
  serverVersion: string;
  songs: number;
  artists: number;
  listeners: number;
  dataDate: string | null;
  /** False where the database's character class is plain C: Chinese titles are then found by id and prefix, not by similarity. */
  similarityKnowsChinese: boolean;
};

export async function catalogueFacts(db: Database): Promise<CatalogueFacts> {
  const [row] = await db.sql<Omit<CatalogueFacts, 'dataDate'>[]>`
    select current_setting('server_version') as "serverVersion",
      (select count(*) from song) as songs, (select count(*) from artist) as artists, (select count(*) from listener) as listeners,
      cardinality(show_trgm('晴天')) > 0 as "similarityKnowsChinese"`;
  if (!row) throw new Error('a select without from gave no row');
  return { ...row, dataDate: await dataDate(db) };
}
