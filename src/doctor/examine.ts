import { WebClient } from '@slack/web-api';
import { findFfmpeg } from '../audio/ffmpeg.ts';
import { fontFiles } from '../charts/font-file.ts';
import { maskSecret, type Config } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { catalogueFacts } from '../db/queries/doctor-catalogue.ts';
import { UserError } from '../errors.ts';
import { createLog } from '../log.ts';
import { loadScoreCard } from '../score/card.ts';
import type { Text } from '../text/catalogue.ts';

/** `ok`: works. `notice`: works, but the reader should know. `missing`: something asked for can't be done. */
export type Finding = { part: 'node' | 'database' | 'catalogue' | 'ffmpeg' | 'model' | 'fonts' | 'slack'; state: 'ok' | 'notice' | 'missing'; found: string; todo?: string };

const NODE_NEEDED = 24;

/** Looks at everything Encore needs, one after the other; nothing is changed but the database's schema, which opening it brings up to date. */
export async function examine(config: Config, text: Text): Promise<Finding[]> {
  const guarded = async (part: Finding['part'], look: () => Promise<Finding[]>): Promise<Finding[]> =>
    await look().catch((error: unknown) => [{ part, state: 'missing' as const, found: text.t('doctor.not-found'), todo: wordsOf(error, text) }]);
  return [
    ...lookAtNode(text),
    ...(await guarded('database', async () => await lookAtDatabase(config, text))),
    ...(await guarded('ffmpeg', async () => await lookAtFfmpeg(config))),
    ...(await guarded('model', async () => await lookAtModel(text))),
    ...(await guarded('fonts', async () => await lookAtFonts(text))),
    ...(await guarded('slack', async () => await lookAtSlack(config, text))),
  ];
}

const wordsOf = (error: unknown, text: Text): string =>
  error instanceof UserError ? text.maybe(`error.${error.code}`, error.context, 'error.other') : error instanceof Error ? error.message : String(error);

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

async function lookAtModel(text: Text): Promise<Finding[]> {
  const { id, demonstration } = await loadScoreCard();
  return [{ part: 'model', state: demonstration ? 'notice' : 'ok', found: id, ...(demonstration ? { todo: text.t('doctor.model-demonstration') } : {}) }];
}

async function lookAtFonts(text: Text): Promise<Finding[]> {
  const files = await fontFiles();
  return [{ part: 'fonts', state: 'ok', found: text.t('doctor.fonts-found', { files: files.length }) }];
}

async function lookAtSlack({ slack }: Config, text: Text): Promise<Finding[]> {
  if (!slack) return [{ part: 'slack', state: 'notice', found: text.t('doctor.slack-none'), todo: text.t('doctor.slack-todo') }];
  const { team, user } = await new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, timeout: 5000 }).auth.test();
  const secret = slack.mode === 'socket' ? `SLACK_APP_TOKEN ${maskSecret(slack.appToken)}` : 'SLACK_SIGNING_SECRET ••••';
  return [{ part: 'slack', state: 'ok', found: `${team} as ${user}, ${slack.mode}, SLACK_BOT_TOKEN ${maskSecret(slack.botToken)}, ${secret}` }];
}
