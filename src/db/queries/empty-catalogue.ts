import type { Sql } from 'postgres';

/** Empties the catalogue with everything derived from it, in one statement; demos, scores and Slack's own tables stay. */
export async function emptyCatalogue(sql: Sql): Promise<void> {
  await sql`truncate play, song_day, ingest_day, forecast, forecast_model, listener, song, artist, demo_catalogue restart identity`;
}
