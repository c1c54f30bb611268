import { Command } from 'commander';
import { forecastChart } from '../charts/forecast.ts';
import { checkpointWords } from '../charts/forecast-words.ts';
import { forecastSong } from '../forecast/forecast-song.ts';
import { ORIGINS, type ForecastAnswer, type Origin } from '../forecast/types.ts';
import type { Text } from '../text/catalogue.ts';
import { explainedLines } from './explained.ts';
import { findSong } from './find-song.ts';
import { readOrigin } from './read-origin.ts';
import { printJson } from './report.ts';
import { withServices } from './with-services.ts';
import { writePicture } from './write-picture.ts';

type Options = { at?: Origin; json?: boolean; png?: string };

/** `encore forecast SONG [--at 3|7|14|30] [--json] [--png FILE]` */
export const forecastCommand = (): Command =>
  new Command('forecast')
    .description("forecast a song's plays for days 4-60 from its first days")
    .argument('<song...>', 'song id or title')
    .option('--at <origin>', `known days to forecast from: ${ORIGINS.join(', ')} (default: as many as are known)`, readOrigin)
    .option('--json', 'print one JSON document')
    .option('--png <file>', 'write the chart to this file')
    .action(async (words: string[], options: Options) => {
      await withServices(async (services, text) => {
        const song = await findSong(services.db, words.join(' '));
        const answer = await forecastSong(services, { songId: song.id, ...(options.at ? { origin: options.at } : {}) });
        const chart = forecastChart(answer, text);
        if (options.png) await writePicture(services, chart, options.png);
        if (options.json) printJson(documentOf(answer));
        else process.stdout.write(`${chart.alt}\n${tableOf(answer, text)}${explainedLines(answer, text).map((line) => `${line}\n`).join('')}`);
      }, { json: options.json === true });
    });

/** `day` counts from 0, the release day, as everywhere in data, and `date` says which day that was; "by day 7" is the sum of days 0 to 6. */
const documentOf = ({ known: _known, checkpoints, ...answer }: ForecastAnswer) => ({ ...answer, checkpoints: checkpoints.map(({ day, ...plays }) => ({ byDay: day, ...plays })) });

const tableOf = ({ checkpoints, origin }: ForecastAnswer, text: Text): string =>
  checkpoints.map((point) => `${text.t('cli.by-day', { day: point.day, ...checkpointWords(point, origin, text) })}\n`).join('');
