import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { emptyCatalogue } from '../../src/db/queries/empty-catalogue.ts';
import { DEMO_CARD, loadScoreCard } from '../../src/score/card.ts';
import { activeScoreModel, keepScoreModel, knownScoreModels, useScoreModel } from '../../src/score/own-model.ts';
import { loadReferenceSongs } from '../../src/score/reference-songs.ts';
import { openScoreModel } from '../../src/score/session.ts';
import { testDatabase } from '../db/database.ts';

const db = await testDatabase();
let dir: string;
const REPORT = { files: 100, unmatched: 3, unheard: 1 };
const services = (name = 'data') => ({ db, config: readConfig({ ENCORE_DATA_DIR: join(dir, name) }) });

/** The shipped model under another name: what models/train would have written. */
async function draft(id: string): Promise<string> {
  const folder = join(dir, id.replace('/', '-'));
  await mkdir(folder);
  const card = await loadScoreCard();
  for (const file of [card.file, card.songs]) await copyFile(join(dirname(DEMO_CARD), file), join(folder, file));
  await writeFile(join(folder, 'score-own.json'), JSON.stringify({ ...card, id, demonstration: false }));
  return join(folder, 'score-own.json');
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-own-model-'));
});
afterAll(async () => {
  await db.close();
  await rm(dir, { recursive: true });
});

describe('the model that scores', () => {
  it('is the demonstration without a database, and while nothing was learned', async () => {
    expect(await activeScoreModel({ config: readConfig({}) })).toEqual({ cardPath: DEMO_CARD, why: 'not-trained' });
    expect(await activeScoreModel(services())).toEqual({ cardPath: DEMO_CARD, why: 'not-trained' });
  });

  it('stays the demonstration when what was learned is not better, and says why', async () => {
    await keepScoreModel(services(), await draft('score-own/aaaa0001'), { ...REPORT, activated: false });
    expect(await activeScoreModel(services())).toEqual({ cardPath: DEMO_CARD, why: 'not-better' });
    expect(await knownScoreModels(services())).toMatchObject([{ id: 'demo', active: true }, { id: 'score-own/aaaa0001', active: false, report: { ...REPORT, activated: false } }]);
  });

  it('is the catalogue’s own when that is better, in every process: its files are made from the database', async () => {
    await keepScoreModel(services(), await draft('score-own/bbbb0002'), { ...REPORT, activated: true });
    const elsewhere = services('another machine');
    const asked = await Promise.all(Array.from({ length: 4 }, async () => await activeScoreModel(elsewhere)));
    const { cardPath } = asked[0] ?? { cardPath: '' };
    expect(asked).toEqual(asked.map(() => ({ cardPath, why: null })));
    expect(cardPath).toContain(join('another machine', 'models', 'score-bbbb0002'));
    expect((await openScoreModel(cardPath)).card).toMatchObject({ id: 'score-own/bbbb0002', demonstration: false });
    expect(await loadReferenceSongs(cardPath)).toEqual(await loadReferenceSongs());
  });

  it('is repaired where its files are damaged or gone', async () => {
    const { cardPath } = await activeScoreModel(services());
    const { file, songs } = await loadScoreCard(cardPath);
    const whole = await readFile(join(dirname(cardPath), file));
    await writeFile(join(dirname(cardPath), file), whole.subarray(9));
    await rm(join(dirname(cardPath), songs));
    await writeFile(cardPath, '{');
    expect(await activeScoreModel(services())).toEqual({ cardPath, why: null });
    expect(await readFile(join(dirname(cardPath), file))).toEqual(whole);
    expect(await loadReferenceSongs(cardPath)).toHaveLength((await loadReferenceSongs()).length);
  });

  it('is whichever of the known ones is chosen, and no other', async () => {
    expect(await useScoreModel(services(), 'demo')).toMatchObject({ id: 'demo', active: true });
    expect(await activeScoreModel(services())).toEqual({ cardPath: DEMO_CARD, why: 'chosen' });
    await useScoreModel(services(), 'score-own/aaaa0001');
    expect((await knownScoreModels(services())).filter(({ active }) => active).map(({ id }) => id)).toEqual(['score-own/aaaa0001']);
    await expect(useScoreModel(services(), 'score-own/zzzz')).rejects.toMatchObject({ code: 'score-model-not-found', context: { known: 'demo, score-own/aaaa0001, score-own/bbbb0002' } });
  });

  it('goes with the catalogue it was learned from', async () => {
    await emptyCatalogue(db.sql);
    expect(await activeScoreModel(services())).toEqual({ cardPath: DEMO_CARD, why: 'not-trained' });
  });
});
