import type { Sql, TransactionSql } from 'postgres';

type Kind = 'chart' | 'complete';

/** `learnedUntil` is the release date of the latest song the model learned from. */
export type NewForecastModel = { kind: Kind; engine: object; contest: { activate: boolean }; learnedUntil: string };

/** Stores a model with its contest, active from now on or not. @returns its id, `catalogue-<kind>/<number>`. */
export async function storeForecastModel(sql: Sql, { kind, engine, contest, learnedUntil }: NewForecastModel): Promise<string> {
  return await sql.begin(async (transaction) => {
    const [row] = await transaction<{ id: string }[]>`
      insert into forecast_model (id, kind, engine, contest, learned_until)
      select ${`catalogue-${kind}/`} || count(*) + 1, ${kind}, ${sql.json(engine as never)}, ${sql.json(contest as never)}, ${learnedUntil}::date
      from forecast_model where kind = ${kind}
      returning id`;
    if (!row) throw new Error('An insert returned no row');
    if (contest.activate) await makeActive(transaction, kind, row.id);
    return row.id;
  });
}

/** Makes one of the stored models answer for its kind; without an id the shipped one. */
export async function activateForecastModel(sql: Sql, kind: Kind, id?: string): Promise<void> {
  await sql.begin(async (transaction) => await makeActive(transaction, kind, id));
}

/** Two statements: the index that allows one active model of a kind looks at every row as it changes. */
async function makeActive(sql: TransactionSql, kind: Kind, id: string | undefined): Promise<void> {
  await sql`update forecast_model set active = false where kind = ${kind} and active`;
  if (id !== undefined) await sql`update forecast_model set active = true, activated_at = now() where kind = ${kind} and id = ${id}`;
}

/**
 * The catalogue's own active model of a kind, if it has one: cheap, so that it can be asked before every forecast. Ids are given anew once a
 * catalogue has been emptied; `madeAt` tells such models apart.
 */
export async function activeForecastModel(sql: Sql, kind: Kind): Promise<{ id: string; learnedUntil: string; madeAt: string } | undefined> {
  const [row] = await sql<{ id: string; learnedUntil: string; madeAt: string }[]>`
    select id, learned_until::text as "learnedUntil", made_at::text as "madeAt" from forecast_model where kind = ${kind} and active`;
  return row;
}

/** A stored model as it was stored. */
export async function readForecastModel(sql: Sql, id: string): Promise<unknown> {
  const [row] = await sql<{ engine: unknown }[]>`select engine from forecast_model where id = ${id}`;
  return row?.engine;
}

export type ForecastModelRow = { id: string; kind: Kind; madeAt: Date; active: boolean; fittedOn: number; contest: unknown };

/** Every model that was learned here, oldest first, without the models themselves. */
export async function listForecastModels(sql: Sql): Promise<ForecastModelRow[]> {
  return await sql<ForecastModelRow[]>`
    select id, kind, made_at as "madeAt", active, (engine->>'fittedOn')::int as "fittedOn", contest from forecast_model order by kind, made_at, id`;
}

/** Whether a model was ever learned here, whatever came of it. */
export async function hasForecastModel(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ has: boolean }[]>`select exists (select from forecast_model) as has`;
  return row?.has ?? false;
}
