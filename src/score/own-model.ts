import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Sql } from 'postgres';
import { activateScoreModel, activeScoreModelRow, listScoreModels, readScoreModel, storeScoreModel } from '../db/queries/score-model-store.ts';
import { UserError } from '../errors.ts';
import type { Services } from '../services.ts';
import { DEMO_CARD, loadScoreCard, type ScoreCard } from './card.ts';
import { loadReferenceSongs } from './reference-songs.ts';

/** What the demonstration is called where models are named. */
const DEMO = 'demo';

/** What came of learning a model. `files`: those found; `unmatched`: of no song; `unheard`: matched, but not to be decoded. */
export type ScoreReport = { files: number; unmatched: number; unheard: number; activated: boolean };

/** Why the demonstration scores: no model was learned, none beat the baselines, or somebody chose it. Null: it doesn't. */
export type WhyDemonstration = 'not-trained' | 'not-better' | 'chosen' | null;

/**
 * The model that scores: the catalogue's own where one is active, else the demonstration, also where there is no database.
 * @returns the path of its card; weights and reference songs lie beside it, checked.
 */
export async function activeScoreModel({ config, db }: Pick<Services, 'config'> & Partial<Pick<Services, 'db'>>): Promise<{ cardPath: string; why: WhyDemonstration }> {
  const { id, better } = db ? await activeScoreModelRow(db.sql) : { id: null, better: null };
  if (db && id !== null) return { cardPath: await modelFiles(db.sql, config.dataDir, id), why: null };
  return { cardPath: DEMO_CARD, why: better === null ? 'not-trained' : better ? 'chosen' : 'not-better' };
}

const cardPathOf = (dataDir: string, id: string) => join(dataDir, 'models', `score-${id.split('/').at(-1)}`, 'score-own.json');

/** The files of a stored model, written from the database where they aren't there yet or are damaged. */
async function modelFiles(sql: Sql, dataDir: string, id: string): Promise<string> {
  const cardPath = cardPathOf(dataDir, id);
  if (await isWhole(cardPath, id)) return cardPath;
  const stored = await readScoreModel(sql, id);
  if (!stored) throw new UserError('model-missing', { path: cardPath });
  const { file, songs } = stored.card as ScoreCard;
  await mkdir(dirname(cardPath), { recursive: true });
  await place(join(dirname(cardPath), file), stored.onnx);
  await place(join(dirname(cardPath), songs), stored.songs);
  await place(cardPath, `${JSON.stringify(stored.card)}\n`);
  if (!(await isWhole(cardPath, id))) throw new UserError('model-broken', { path: cardPath });
  return cardPath;
}

/** What the files of a card looked like when they were found whole: reading thousands of reference songs for every demo would hold up the rest. */
const wholeAs = new Map<string, string>();

async function isWhole(cardPath: string, id: string): Promise<boolean> {
  try {
    const card = await loadScoreCard(cardPath);
    if (card.id !== id) return false;
    const files = [cardPath, ...[card.file, card.songs].map((file) => join(dirname(cardPath), file))];
    const look = (await Promise.all(files.map(async (file) => await stat(file)))).map(({ mtimeMs, size }) => `${mtimeMs}/${size}`).join(' ');
    if (wholeAs.get(cardPath) === look) return true;
    await loadReferenceSongs(cardPath);
    const weights = await readFile(join(dirname(cardPath), card.file));
    const whole = createHash('sha256').update(weights).digest('hex') === card.sha256;
    if (whole) wholeAs.set(cardPath, look);
    return whole;
  } catch {
    return false;
  }
}

/** A file appears whole or not at all. Of two processes that write it both write the same, because a model's id is its checksum. */
async function place(path: string, content: Uint8Array | string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Keeps a model that models/train wrote, for every process, active from now on if `report.activated`.
 * @param draft path of its card
 */
export async function keepScoreModel({ config, db }: Pick<Services, 'config' | 'db'>, draft: string, report: ScoreReport): Promise<ScoreCard> {
  const card = await loadScoreCard(draft);
  const [onnx, songs] = await Promise.all([readFile(join(dirname(draft), card.file)), readFile(join(dirname(draft), card.songs), 'utf8')]);
  await storeScoreModel(db.sql, { id: card.id, card, onnx, songs, report, activate: report.activated });
  await modelFiles(db.sql, config.dataDir, card.id);
  return card;
}

/** A model that may score: the demonstration, or one learned here with what came of it. */
export type KnownScoreModel = { id: string; active: boolean; card: ScoreCard; madeAt?: Date; report?: ScoreReport };

/** Every model there is, the demonstration first. */
export async function knownScoreModels({ db }: Pick<Services, 'db'>): Promise<KnownScoreModel[]> {
  const own = (await listScoreModels(db.sql)).map((row) => ({ ...row, card: row.card as ScoreCard, report: row.report as ScoreReport }));
  return [{ id: DEMO, active: !own.some(({ active }) => active), card: await loadScoreCard() }, ...own];
}

/**
 * Makes a known model the one that scores, whatever its report says.
 * @param id as knownScoreModels gives it; `demo` for the demonstration
 * @throws UserError `score-model-not-found`
 */
export async function useScoreModel({ db }: Pick<Services, 'db'>, id: string): Promise<KnownScoreModel> {
  const models = await knownScoreModels({ db });
  const wanted = models.find((model) => model.id === id);
  if (!wanted) throw new UserError('score-model-not-found', { id, known: models.map((model) => model.id).join(', ') });
  await activateScoreModel(db.sql, id === DEMO ? undefined : id);
  return { ...wanted, active: true };
}
