import { Command, Option } from 'commander';
import { calibrationChart } from '../charts/calibration.ts';
import { backtestCatalogue, type Backtest, type BacktestRow, type CatalogueBacktest } from '../forecast/backtest.ts';
import type { Text } from '../text/catalogue.ts';
import { percentBar } from './percent-bar.ts';
import { printJson } from './report.ts';
import { table } from './table.ts';
import { withServices } from './with-services.ts';
import { writePicture } from './write-picture.ts';

type Options = { by: 'size' | 'genre'; json?: boolean; png?: string };

/** `encore backtest [--by size|genre] [--json] [--png FILE]` */
export const backtestCommand = (): Command =>
  new Command('backtest')
    .description("forecast the catalogue's finished songs as they would have been forecast, and compare with what came")
    .addOption(new Option('--by <what>', "break the results down by the artist's size or by genre").choices(['size', 'genre']).default('size'))
    .option('--json', 'print one JSON document')
    .option('--png <file>', 'write the calibration picture to this file')
    .action(async ({ by, json, png }: Options) => {
      await withServices(async (services, text) => {
        const bar = percentBar();
        const backtest = await backtestCatalogue(services, (done, kind) => bar.update(done, text.t('backtest.progress', { kind }))).finally(bar.stop);
        const largest = backtest.kinds.toSorted((a, b) => b.songs - a.songs)[0];
        if (png && largest) await writePicture(services, calibrationChart(largest, text), png);
        if (json) printJson(backtest);
        else process.stdout.write(wordsOf(backtest, by, text));
      });
    });

/** Finding first, then what it is about, then the numbers. */
export function wordsOf({ kinds, leftOut }: CatalogueBacktest, by: Options['by'], text: Text): string {
  const parts = kinds.map((backtest) => {
    const { kind, model, refitted, songs, finished, dataDate, rows } = backtest;
    const about = text.t(refitted ? 'backtest.model-refitted' : 'backtest.model-shipped', { model, songs, finished, kind, date: text.date(dataDate) });
    const shown = rows.filter((row) => row.by === 'all' || row.by === by);
    return `${headline(backtest, text)}\n${about}\n\n${table([text.t('backtest.columns').split('|'), ...shown.map((row) => cellsOf(row, text))])}\n`;
  });
  const closing = [text.t('backtest.meaning'), ...(leftOut > 0 ? [text.t('backtest.left-out', { songs: leftOut })] : [])];
  return `${parts.join('')}${closing.join('\n')}\n`;
}

function headline({ kind, model, songs, rows }: Backtest, text: Text): string {
  const all = rows.find((row) => row.origin === 0);
  const values = { kind, model, songs, ratio: text.number(all?.ratio ?? NaN, 2), inside: Math.round((all?.engine.coverage ?? NaN) * 100) };
  return text.t((all?.ratio ?? Infinity) < 1 ? 'backtest.better' : 'backtest.worse', values);
}

const cellsOf = ({ origin, by, value, engine, szaboHuberman, ratio }: BacktestRow, text: Text): string[] => [
  origin === 0 ? text.t('backtest.all') : text.t('chart.day', { day: origin }),
  by === 'size' ? text.t(`backtest.size-${value as 'small'}`) : value,
  text.number(engine.n),
  engine.pinball.toFixed(3),
  szaboHuberman.toFixed(3),
  ratio.toFixed(2),
  `${Math.round(engine.coverage * 100)}%`,
  `${Math.round(engine.totalError * 100)}%`,
];
