import type { Sql } from 'postgres';

type Kind = 'chart' | 'complete';

/** Stores a model with its contest, active from now on or not. @returns its id, `catalogue-<kind>/<number>`. */
export async function storeForecastModel(sql: Sql, kind: Kind, engine: object, contest: { activate: boolean }): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into forecast_model (id, kind, engine, contest, activated_at)
    select ${`catalogue-${kind}/`} || count(*) + 1, ${kind}, ${sql.json(engine as never)}, ${sql.json(contest as never)}, case when ${contest.activate} then now() end
    from forecast_model where kind = ${kind}
    returning id`;
  return row.id;
}

/** Id of the catalogue's own active model of a kind, if it has one: cheap, so that it can be asked before every forecast. */
export async function activeForecastModelId(sql: Sql, kind: Kind): Promise<string | undefined> {
  const [row] = await sql<{ id: string }[]>`
    select id from forecast_model where kind = ${kind} and activated_at is not null order by activated_at desc limit 1`;
  return row?.id;
}

/** A stored model as it was stored. */
export async function readForecastModel(sql: Sql, id: string): Promise<unknown> {
  const [row] = await sql<{ engine: unknown }[]>`select engine from forecast_model where id = ${id}`;
  return row?.engine;
}

/** Whether a model was ever learned here, whatever came of it. */
export async function hasForecastModel(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ has: boolean }[]>`select exists (select from forecast_model) as has`;
  return row.has;
}
