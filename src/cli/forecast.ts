import { Command, InvalidArgumentError } from 'commander';
import { resolveSong } from '../catalogue/search.ts';
import { forecastChart } from '../charts/forecast.ts';
import { checkpointWords } from '../charts/forecast-words.ts';
import { UserError } from '../errors.ts';
import { forecastSong } from '../forecast/forecast-song.ts';
import { ORIGINS, type ForecastAnswer, type Origin } from '../forecast/types.ts';
import type { Text } from '../text/catalogue.ts';
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
        const query = words.join(' ');
        const found = await resolveSong(services.db, query);
        if ('candidates' in found) {
          const nearest = found.candidates.map((song) => `${song.externalId}  ${song.title} — ${song.artist}`);
          throw new UserError(nearest.length > 0 ? 'song-unclear' : 'song-not-found', { query, nearest: nearest.join('\n') });
        }
        const answer = await forecastSong(services, { songId: found.song.id, ...(options.at ? { origin: options.at } : {}) });
        const chart = forecastChart(answer, text);
        if (options.png) await writePicture(services, chart, options.png);
        if (options.json) printJson(documentOf(answer));
        else process.stdout.write(`${chart.alt}\n${tableOf(answer, text)}`);
      });
    });

function readOrigin(value: string): Origin {
  const origin = ORIGINS.find((known) => String(known) === value);
  if (!origin) throw new InvalidArgumentError(`must be one of ${ORIGINS.join(', ')}`);
  return origin;
}

/** `day` counts from 0, the release day, as everywhere in data; `date` says which day that was. */
const documentOf = ({ song, origin, dataDate, days, checkpoints, total, model, id }: ForecastAnswer) => ({ song, origin, dataDate, days, checkpoints, total, model, id });

const tableOf = ({ checkpoints, origin }: ForecastAnswer, text: Text): string =>
  checkpoints.map((point) => `${text.t('cli.by-day', { day: point.day, ...checkpointWords(point, origin, text) })}\n`).join('');
