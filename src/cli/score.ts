import { stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { scoreChart } from '../charts/score.ts';
import { scoreWhyChart } from '../charts/score-why.ts';
import { demonstrationWords, effectOf, movedWords, nearestHeading, nearestSongWords, recordingWords, referenceWords, warningWords } from '../charts/score-words.ts';
import { readConfig, type Config } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { UserError } from '../errors.ts';
import { untilStopped, type Opened } from '../lifetime.ts';
import { createLog } from '../log.ts';
import { scoreFile } from '../score/score.ts';
import type { Occlusion, ScoreAnswer } from '../score/types.ts';
import type { Services } from '../services.ts';
import { textFor, type Text } from '../text/catalogue.ts';
import { createWorkPool } from '../work/pool.ts';
import { errorDocument, printJson, reportFailure } from './report.ts';
import { readSeconds } from './read-seconds.ts';
import { shootOutFiles, type Scored } from './shoot-out.ts';
import { writePicture } from './write-picture.ts';

type Options = { hook?: number; json?: boolean; png?: string };
type Needs = Pick<Services, 'config' | 'work'> & Partial<Pick<Services, 'db'>>;

/** `encore score FILE... [--hook TIME] [--json] [--png FILE]`: several files are all scored, whatever is wrong with one of them, and two to ten compared. */
export const scoreCommand = (): Command =>
  new Command('score')
    .description('score audio files: the best 30 seconds, expected listeners and plays per listener')
    .argument('<file...>', 'audio files')
    .option('--hook <time>', 'where the 30 seconds to score begin, such as 1:05 or 65, instead of the most chorus-like ones (which need not score highest)', readSeconds)
    .option('--json', 'print one JSON document: an object for one file, { scores, shootOut } for several')
    .option('--png <file>', 'write the chart to this file, and what moved the score beside it as FILE-why (with several files: that of their shoot-out, and theirs numbered)')
    .action(async (files: string[], options: Options) => {
      const config = readConfig(undefined, { LOG_LEVEL: 'warn' });
      const text = textFor(config.locale);
      await untilStopped(async (opened) => {
        const needs = await openNeeds(config, opened);
        const scores: object[] = [];
        const scored: Scored[] = [];
        for (const [index, file] of files.entries()) {
          const { document, answer } = await scoreOne(needs, text, file, { ...options, png: options.png && numbered(options.png, index, files.length) });
          scores.push(document);
          if (answer) scored.push({ file, answer });
        }
        const shootOut = files.length > 1 ? await shootOutFiles(needs, scored, text, options) : null;
        if (options.json) printJson(files.length === 1 ? scores[0] : { scores, shootOut });
      });
    });

/** Only the database knows whether a model of the catalogue's own scores; where none was ever learned, none is started. */
async function openNeeds(config: Config, opened: Opened): Promise<Needs> {
  const work = opened.adopt(createWorkPool(config.workerThreads), async (pool) => await pool.close());
  const learned = config.databaseUrl !== undefined || (await stat(join(config.dataDir, 'models')).catch(() => undefined)) !== undefined;
  if (!learned) return { config, work };
  return { config, work, db: opened.adopt(await openDatabase(config, createLog(config.logLevel)), async (db) => await db.close()) };
}

async function scoreOne(needs: Needs, text: Text, file: string, { hook, json, png }: Options): Promise<{ document: object; answer?: ScoreAnswer }> {
  try {
    const answer = await scoreFile(needs, { path: await existing(file), title: basename(file, extname(file)), maxBytes: needs.config.uploadMaxBytes, ...(hook !== undefined && { hookStart: hook }) });
    const chart = scoreChart(answer, text);
    if (png) await writePicture(needs, chart, png);
    if (png) await writePicture(needs, scoreWhyChart(answer, text), beside(png, 'why'));
    if (!json) process.stdout.write([`${file}: ${chart.alt}`, ...furtherLines(answer, text)].map((line) => `${line}\n`).join(''));
    return { document: documentOf(file, answer, text), answer };
  } catch (error) {
    process.stderr.write(`${file}: `);
    process.exitCode = Math.max(Number(process.exitCode ?? 0), reportFailure(error, text));
    return { document: { file, error: errorDocument(error, text) } };
  }
}

async function existing(file: string): Promise<string> {
  const path = resolve(file);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new UserError('file-not-found', { file });
  return path;
}

const beside = (png: string, what: string): string => `${png.slice(0, png.length - extname(png).length)}-${what}${extname(png) || '.png'}`;
const numbered = (png: string, index: number, of: number): string => (of === 1 ? png : beside(png, String(index + 1)));

/** What Slack says beside the picture. */
const furtherLines = (answer: ScoreAnswer, text: Text): string[] => [
  movedWords(answer, text),
  ...(answer.nearest.length > 0 ? [nearestHeading(answer, text), ...answer.nearest.map((song) => `  ${nearestSongWords(song, text)}`)] : []),
  recordingWords(answer, text).join(' · '),
  ...warningWords(answer.warnings, text),
];

/** What each part does to the plays, as picture and words say it: -0.4 is 40 % fewer with the part than without. */
const effectsOf = (occlusion: Occlusion): Occlusion => ({
  ...occlusion,
  time: occlusion.time.map(effectOf),
  frequency: occlusion.frequency.map(effectOf),
  cells: occlusion.cells.map((bands) => bands.map(effectOf)),
});

/** The whole answer, with what only words can say. */
const documentOf = (file: string, answer: ScoreAnswer, text: Text) => ({
  file,
  ...answer,
  notice: demonstrationWords(answer.model, text) || null,
  moved: movedWords(answer, text),
  occlusion: effectsOf(answer.occlusion),
  reference: { ...answer.reference, words: referenceWords(answer, text) },
  warnings: answer.warnings.map(({ code, context }) => ({ code, message: text.maybe(`warning.${code}`, context, 'warning.other') })),
});
