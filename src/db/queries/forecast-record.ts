import type { Sql } from 'postgres';
import type { StoredScore } from '../../forecast/record.ts';

/** A stored forecast and the song it was made for. */
export type ForecastToScore = { id: string; songId: number; origin: number; dataDate: string; scoredUntil: number; q10: number[]; q50: number[]; q90: number[]; total: number[]; baseline: { q10: number[]; q50: number[]; q90: number[] } | null };

/**
 * Forecasts that may have days to score: not scored to the end yet. Only those made within `promptly` days of their origin: a forecast made when most of its days
 * were known proves nothing.
 * @param after id of the last one that was looked at; in the order of ids, so that those whose days never come hold nothing up
 */
export async function forecastsToScore(sql: Sql, promptly: number, most: number, after: string | undefined): Promise<ForecastToScore[]> {
  return await sql<ForecastToScore[]>`
    select f.id, f.song_id as "songId", f.origin, f.data_date::text as "dataDate",
           coalesce((f.detail->'score'->>'until')::int, 0) as "scoredUntil", f.q10, f.q50, f.q90, f.total, f.detail->'baseline' as baseline
    from forecast f
    where coalesce((f.detail->'score'->>'until')::int, 0) < 60
      and (f.detail->>'known')::int - f.origin <= ${promptly}
      and f.data_date < (select max(day) from ingest_day)
      and (${after ?? null}::uuid is null or f.id > ${after ?? null}::uuid)
    order by f.id limit ${most}`;
}

export async function storeScore(sql: Sql, id: string, score: StoredScore): Promise<void> {
  await sql`update forecast set detail = detail || ${sql.json({ score } as never)} where id = ${id}`;
}

/** `dataDate`: the last day of data that the forecast was made from. */
export type RecordRow = StoredScore & { id: string; madeAt: Date; dataDate: string; origin: number; model: string };

/** Scores of the latest forecasts that have been scored on at least one day, newest first; one per song and origin: the first made. */
export async function recordRows(sql: Sql, origin: number | undefined, most: number): Promise<RecordRow[]> {
  const rows = await sql<(Omit<RecordRow, keyof StoredScore> & { score: StoredScore })[]>`
    select * from (
      select distinct on (song_id, origin) id, made_at as "madeAt", data_date::text as "dataDate", origin, model, detail->'score' as score
      from forecast
      where detail ? 'score' and (${origin ?? null}::int is null or origin = ${origin ?? null}::int)
      order by song_id, origin, made_at
    ) first_made order by "madeAt" desc limit ${most}`;
  return rows.map(({ score, ...row }) => ({ ...row, ...score }));
}
