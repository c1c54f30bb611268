import { Command } from 'commander';
import { recordWords } from '../charts/explain-words.ts';
import { FEWEST_FORECASTS, recordChart } from '../charts/record.ts';
import { forecastRecord, MOST_DRAWN, scoreStoredForecasts } from '../forecast/record.ts';
import { recordPeriods } from '../forecast/record-periods.ts';
import { ORIGINS, type Origin } from '../forecast/types.ts';
import { readOrigin } from './read-origin.ts';
import { printJson } from './report.ts';
import { withServices } from './with-services.ts';
import { writePicture } from './write-picture.ts';

type Options = { origin?: Origin; json?: boolean; png?: string };

/** `encore record [--origin 3|7|14|30] [--png FILE] [--json]` */
export const recordCommand = (): Command =>
  new Command('record')
    .description('say how right earlier forecasts were, by the number of days known when they were made')
    .option('--origin <days>', `only forecasts made on this day: ${ORIGINS.join(', ')}`, readOrigin)
    .option('--json', 'print one JSON document')
    .option('--png <file>', 'write the record over time to this file, once there is enough to draw')
    .action(async ({ origin, json, png }: Options) => {
      await withServices(async (services, text) => {
        await scoreStoredForecasts(services);
        const records = await Promise.all((origin ? [origin] : ORIGINS).map(async (one) => ({ origin: one, ...(await forecastRecord(services, one, MOST_DRAWN)) })));
        const all = await forecastRecord(services, origin, MOST_DRAWN);
        const chart = recordChart({ origin, summary: all.summary, ...recordPeriods(all.rows) }, text);
        if (png && chart) await writePicture(services, chart, png);
        if (json) return printJson(records);
        const lines = [...records.map((one) => recordWords(one.summary, one.origin, text)), chart?.alt ?? text.t('record.no-picture', { forecasts: FEWEST_FORECASTS })];
        process.stdout.write(lines.map((line) => `${line}\n`).join(''));
      }, { json: json === true });
    });
