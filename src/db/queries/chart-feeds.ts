import type { Sql } from 'postgres';

/**
 * The feeds that see songs through a chart, as an array: on some day one of their rows had a floor. Their other rows may lack it. What was rolled up from plays is complete.
 */
export const chartFeeds = (sql: Sql) => sql`array(select distinct feed from ingest_day where kind = 'daily' and charted)`;
