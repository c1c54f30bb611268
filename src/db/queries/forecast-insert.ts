import type { Sql } from 'postgres';

export type ForecastRow = {
  songId: number;
  origin: number;
  model: string;
  dataDate: string;
  q10: number[];
  q50: number[];
  q90: number[];
  total: number[];
  /** What scoring it later needs: days known when it was made, and the log-linear forecast beside it. */
  detail: { known: number; baseline: { q10: number[]; q50: number[]; q90: number[] } };
};

/** The same question to the same model on the same data is one forecast in the record: its first answer is kept. */
export async function insertForecast(sql: Sql, row: ForecastRow): Promise<string> {
  const [stored] = await sql<{ id: string }[]>`
    with earlier as (
      select id from forecast
      where song_id = ${row.songId} and origin = ${row.origin} and model = ${row.model} and data_date = ${row.dataDate}::date
      order by made_at limit 1
    ),
    fresh as (
      insert into forecast (song_id, origin, model, data_date, q10, q50, q90, total, detail)
      select ${row.songId}::int, ${row.origin}::int, ${row.model}::text, ${row.dataDate}::date, ${row.q10}::float8[], ${row.q50}::float8[], ${row.q90}::float8[], ${row.total}::float8[], ${sql.json(row.detail)}
      where not exists (select 1 from earlier)
      returning id
    )
    select id from fresh union all select id from earlier`;
  if (!stored) throw new Error('The forecast was neither stored nor found');
  return stored.id;
}
