import { findFfmpeg } from '../audio/ffmpeg.ts';
import { fontFiles } from '../charts/font-file.ts';
import type { Config } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { catalogueFacts } from '../db/queries/doctor-catalogue.ts';
import { createLog } from '../log.ts';
import type { Text } from '../text/catalogue.ts';
import { errorWords } from '../text/error-words.ts';
import { lookAtForecastModels } from './forecast-models.ts';
import { lookAtModel } from './score-model.ts';
import { lookAtSlack } from './slack.ts';

/** `ok`: works. `notice`: works, but the reader should know. `missing`: something asked for can't be done. */
export type Finding = { part: 'node' | 'database' | 'catalogue' | 'forecast' | 'ffmpeg' | 'model' | 'fonts' | 'slack'; state: 'ok' | 'notice' | 'missing'; found: string; todo?: string };

const NODE_NEEDED = 24;

/** Looks at everything Encore needs, one after the other; nothing is changed but the database's schema, which opening it brings up to date. */
export async function examine(config: Config, text: Text): Promise<Finding[]> {
  return [
    ...lookAtNode(text),
    ...(await guarded('database', text, async () => await lookAtDatabase(config, text))),
    ...(await guarded('ffmpeg', text, async () => await lookAtFfmpeg(config, text))),
    ...(await guarded('model', text, async () => await lookAtModel(text))),
    ...(await guarded('fonts', text, async () => await lookAtFonts(text))),
    ...(await guarded('slack', text, async () => await lookAtSlack(config, text))),
  ];
}

async function guarded(part: Finding['part'], text: Text, look: () => Promise<Finding[]>): Promise<Finding[]> {
  return await look().catch((error: unknown) => [{ part, state: 'missing' as const, found: text.t('doctor.not-found'), todo: errorWords(error, text) }]);
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
        found: text.t('doctor.database-found', { version: facts.serverVersion, where }),
        ...(facts.similarityKnowsChinese ? {} : { todo: text.t('doctor.database-locale') }),
      },
      {
        part: 'catalogue',
        state: empty ? 'notice' : 'ok',
        found: text.t('doctor.catalogue-found', { songs: facts.songs, artists: facts.artists, listeners: facts.listeners, date: facts.dataDate ? text.date(facts.dataDate) : '–' }),
        ...(empty ? { todo: text.t('doctor.catalogue-todo') } : {}),
      },
      ...(await guarded('forecast', text, async () => await lookAtForecastModels(db, text))),
    ];
  } finally {
    await db.close();
  }
}

/** Which ffmpeg serves; that the packaged one is not there is worth knowing, because another machine may then decode otherwise. */
export async function lookAtFfmpeg(config: Pick<Config, 'ffmpegPath' | 'production'>, text: Text): Promise<Finding[]> {
  const { path, version, source } = await findFfmpeg(config);
  const found = `${version}, ${path} (${source})`;
  if (source === 'FFMPEG_PATH' || source === 'ffmpeg-static') return [{ part: 'ffmpeg', state: 'ok', found }];
  return [{ part: 'ffmpeg', state: 'notice', found, todo: text.t('doctor.ffmpeg-not-packaged', { source }) }];
}

async function lookAtFonts(text: Text): Promise<Finding[]> {
  const files = await fontFiles();
  return [{ part: 'fonts', state: 'ok', found: text.t('doctor.fonts-found', { files: files.length }) }];
}
