import type { Sql } from 'postgres';

/** Empties the catalogue with everything derived from it; demos, scores and Slack's own tables stay. Numbers of songs are given again, so no demo may keep one. */
export async function emptyCatalogue(sql: Sql): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`truncate play, song_day, ingest_day, forecast, forecast_model, score_model, listener, song, artist, demo_catalogue restart identity`;
    await transaction`update demo set song_id = null, linked_at = null where song_id is not null`;
  });
}
