import type { Sql, TransactionSql } from 'postgres';

/** A model as it lies in files: card, weights, reference songs; and what came of learning it. */
export type NewScoreModel = { id: string; card: object; onnx: Uint8Array; songs: string; report: object; activate: boolean };

/** Stores a model, active from now on or not. The same weights learned again replace what is known of them. */
export async function storeScoreModel(sql: Sql, { id, card, onnx, songs, report, activate }: NewScoreModel): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`
      insert into score_model (id, card, onnx, songs, report)
      values (${id}, ${sql.json(card as never)}, ${Buffer.from(onnx)}, ${songs}, ${sql.json(report as never)})
      on conflict (id) do update set card = excluded.card, onnx = excluded.onnx, songs = excluded.songs, report = excluded.report, made_at = now()`;
    if (activate) await makeActive(transaction, id);
  });
}

/** Makes one of the stored models score; without an id the demonstration. */
export async function activateScoreModel(sql: Sql, id?: string): Promise<void> {
  await sql.begin(async (transaction) => await makeActive(transaction, id));
}

/** Two statements: the index that allows one active model looks at every row as it changes. */
async function makeActive(sql: TransactionSql, id: string | undefined): Promise<void> {
  await sql`update score_model set active = false where active`;
  if (id !== undefined) await sql`update score_model set active = true, activated_at = now() where id = ${id}`;
}

/**
 * The catalogue's own active model, if it has one, and whether any of its models was found good enough (null: none was learned). Cheap, so that it can be
 * asked before every score.
 */
export async function activeScoreModelRow(sql: Sql): Promise<{ id: string | null; better: boolean | null }> {
  const [row] = await sql<{ id: string | null; better: boolean | null }[]>`
    select max(id) filter (where active) as id, bool_or((report->>'activated')::boolean) as better from score_model`;
  return row ?? { id: null, better: null };
}

/** A stored model as it was stored. */
export async function readScoreModel(sql: Sql, id: string): Promise<{ card: object; onnx: Uint8Array; songs: string } | undefined> {
  const [row] = await sql<{ card: object; onnx: Uint8Array; songs: string }[]>`select card, onnx, songs from score_model where id = ${id}`;
  return row;
}

export type ScoreModelRow = { id: string; madeAt: Date; active: boolean; card: unknown; report: unknown };

/** Every model that was learned here, oldest first, without weights and songs. */
export async function listScoreModels(sql: Sql): Promise<ScoreModelRow[]> {
  return await sql<ScoreModelRow[]>`select id, made_at as "madeAt", active, card, report from score_model order by made_at, id`;
}
