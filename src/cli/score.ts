import { stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { Command } from 'commander';
import { scoreChart } from '../charts/score.ts';
import { readConfig } from '../config.ts';
import { UserError } from '../errors.ts';
import { untilStopped } from '../lifetime.ts';
import { scoreFile } from '../score/score.ts';
import type { ScoreAnswer } from '../score/types.ts';
import type { Services } from '../services.ts';
import { textFor, type Text } from '../text/catalogue.ts';
import { createWorkPool } from '../work/pool.ts';
import { errorDocument, printJson, reportFailure } from './report.ts';
import { readSeconds } from './read-seconds.ts';
import { writePicture } from './write-picture.ts';

type Options = { hook?: number; json?: boolean; png?: string };
/** Scoring needs no database, so none is started. */
type Needs = Pick<Services, 'config' | 'work'>;

/** `encore score FILE... [--hook TIME] [--json] [--png FILE]`: several files are all scored, whatever is wrong with one of them. */
export const scoreCommand = (): Command =>
  new Command('score')
    .description('score audio files: the best 30 seconds, expected listeners and plays per listener')
    .argument('<file...>', 'audio files')
    .option('--hook <time>', 'where the best 30 seconds begin, such as 1:05 or 65, instead of where they are found', readSeconds)
    .option('--json', 'print one JSON document: an object for one file, an array for several')
    .option('--png <file>', 'write the chart to this file (with several files: one each, numbered)')
    .action(async (files: string[], options: Options) => {
      const config = readConfig(undefined, { LOG_LEVEL: 'warn' });
      const text = textFor(config.locale);
      await untilStopped(async (opened) => {
        const work = opened.adopt(createWorkPool(config.workerThreads), async (pool) => await pool.close());
        const documents: object[] = [];
        for (const [index, file] of files.entries()) {
          const document = await scoreOne({ config, work }, text, file, { ...options, png: options.png && numbered(options.png, index, files.length) });
          documents.push(document);
        }
        if (options.json) printJson(documents.length === 1 ? documents[0] : documents);
      });
    });

async function scoreOne(needs: Needs, text: Text, file: string, { hook, json, png }: Options): Promise<object> {
  try {
    const answer = await scoreFile(needs, { path: await existing(file), title: basename(file, extname(file)), maxBytes: needs.config.uploadMaxBytes, ...(hook !== undefined && { hookStart: hook }) });
    const chart = scoreChart(answer, text);
    if (png) await writePicture(needs, chart, png);
    if (!json) process.stdout.write(`${file}: ${chart.alt}\n`);
    return documentOf(file, answer, text);
  } catch (error) {
    process.stderr.write(`${file}: `);
    process.exitCode = Math.max(Number(process.exitCode ?? 0), reportFailure(error, text));
    return { file, error: errorDocument(error, text) };
  }
}

async function existing(file: string): Promise<string> {
  const path = resolve(file);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new UserError('file-not-found', { file });
  return path;
}

const numbered = (png: string, index: number, of: number): string => (of === 1 ? png : `${png.slice(0, png.length - extname(png).length)}-${index + 1}${extname(png) || '.png'}`);

const documentOf = (file: string, answer: ScoreAnswer, text: Text) => ({
  file,
  score: answer.score,
  listeners: answer.listeners.value,
  playsPerListener: answer.playsPerListener.value,
  percentiles: { listeners: answer.listeners.percentile, playsPerListener: answer.playsPerListener.percentile },
  hook: answer.hook,
  model: answer.model,
  reference: answer.reference,
  seconds: answer.seconds,
  warnings: answer.warnings.map(({ code, context }) => ({ code, message: text.maybe(`warning.${code}`, context, 'warning.other') })),
});
