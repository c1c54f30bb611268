import { findFfmpeg } from '../audio/ffmpeg.ts';
import { fontFiles } from '../charts/font-file.ts';
import type { Config } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { catalogueFacts } from '../db/queries/doctor-catalogue.ts';
import { createLog } from '../log.ts';
import type { Text } from '../text/catalogue.ts';
import { errorWords } from '../text/error-words.ts';
import { lookAtModel } from './score-model.ts';
import { lookAtSlack } from './slack.ts';

/** `ok`: works. `notice`: works, but the reader should know. `missing`: something asked for can't be done. */
export type Finding = { part: 'node' | 'database' | 'catalogue' | 'ffmpeg' | 'model' | 'fonts' | 'slack'; state: 'ok' | 'notice' | 'missing'; found: string; todo?: string };

const NODE_NEEDED = 24;

/** Looks at everything Encore needs, one after the other; nothing is changed but the database's schema, which opening it brings up to date. */
export async function examine(config: Config, text: Text): Promise<Finding[]> {
  const guarded = async (part: Finding['part'], look: () => Promise<Finding[]>): Promise<Finding[]> =>
    await look().catch((error: unknown) => [{ part, state: 'missing' as const, found: text.t('doctor.not-found'), todo: errorWords(error, text) }]);
  return [
    ...lookAtNode(text),
    ...(await guarded('database', async () => await lookAtDatabase(config, text))),
    ...(await guarded('ffmpeg', async () => await lookAtFfmpeg(config))),
    ...(await guarded('model', async () => await lookAtModel(text))),
    ...(await guarded('fonts', async () => await lookAtFonts(text))),
    ...(await guarded('slack', async () => await lookAtSlack(config, text))),
  ];
}

function lookAtNode(text: Text): Finding[] {
  const { node } = process.versions;
  const fits = Number.parseInt(node, 10) >= NODE_NEEDED;
  return [{ part: 'node', state: fits ? 'ok' : 'missing', found: node, ...(fits ? {} : { todo: text.t('doctor.node-todo', { needed: NODE_NEEDED }) }) }];
}

async function lookAtDatabase(config: Config, text: Text): Promise<Finding[]> {
  const db = await openDatabase(config, createLog('silent'));
  try {
    const facts = await catalogueFacts(db);
    const where = config.databaseUrl ? text.t('doctor.database-url') : text.t('doctor.database-embedded', { folder: config.dataDir });
    const empty = facts.dataDate === null;
    return [
      {
        part: 'database',
        state: facts.similarityKnowsChinese ? 'ok' : 'notice',
        found: `PostgreSQL ${facts.serverVersion}, ${where}`,
        ...(facts.similarityKnowsChinese ? {} : { todo: text.t('doctor.database-locale') }),
      },
      {
        part: 'catalogue',
        state: empty ? 'notice' : 'ok',
        found: text.t('doctor.catalogue-found', { songs: facts.songs, artists: facts.artists, listeners: facts.listeners, date: facts.dataDate ? text.date(facts.dataDate) : '–' }),
        ...(empty ? { todo: text.t('doctor.catalogue-todo') } : {}),
      },
    ];
  } finally {
    await db.close();
  }
}

async function lookAtFfmpeg(config: Config): Promise<Finding[]> {
  const { path, version, source } = await findFfmpeg(config);
  return [{ part: 'ffmpeg', state: 'ok', found: `${version}, ${path} (${source})` }];
}

async function lookAtFonts(text: Text): Promise<Finding[]> {
  const files = await fontFiles();
  return [{ part: 'fonts', state: 'ok', found: text.t('doctor.fonts-found', { files: files.length }) }];
}
