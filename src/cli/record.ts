import { Command } from 'commander';
import { forecastRecord, scoreStoredForecasts } from '../forecast/record.ts';
import { ORIGINS } from '../forecast/types.ts';
import { printJson } from './report.ts';
import { withServices } from './with-services.ts';

/** `encore record [--json]` */
export const recordCommand = (): Command =>
  new Command('record')
    .description('say how earlier forecasts turned out, by known days')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: boolean }) => {
      await withServices(async (services, text) => {
        await scoreStoredForecasts(services);
        const records = await Promise.all(ORIGINS.map(async (origin) => ({ origin, ...(await forecastRecord(services, origin)) })));
        if (json) return printJson(records);
        for (const { origin, summary } of records) {
          const shares = { n: summary.n, origin, inside: Math.round(summary.inside * 100) };
          const words =
            summary.n === 0
              ? text.t('forecast.record-none', { origin })
              : summary.totalError === null
                ? text.t('forecast.record-days', shares)
                : text.t('forecast.record', { ...shares, finished: summary.finished, error: Math.round(summary.totalError * 100) });
          process.stdout.write(`${words}\n`);
        }
      });
    });
