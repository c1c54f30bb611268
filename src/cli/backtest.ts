import { Command } from 'commander';
import { backtestCatalogue, type BacktestRow } from '../forecast/backtest.ts';
import type { Text } from '../text/catalogue.ts';
import { printJson } from './report.ts';
import { withServices } from './with-services.ts';

/** `encore backtest [--json]` */
export const backtestCommand = (): Command =>
  new Command('backtest')
    .description("forecast the catalogue's finished songs as they would have been forecast, and compare with what came")
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: boolean }) => {
      await withServices(async (services, text) => {
        const backtest = await backtestCatalogue(services);
        if (json) printJson(backtest);
        else process.stdout.write(tableOf(backtest.rows, text));
      });
    });

function tableOf(rows: readonly BacktestRow[], text: Text): string {
  if (rows.length === 0) return `${text.t('backtest.none')}\n`;
  const cells = rows.map((row) => [
    row.kind,
    String(row.origin),
    row.by === 'all' ? '' : `${row.by} ${row.value}`,
    String(row.engine.n),
    row.engine.pinball.toFixed(3),
    row.szaboHuberman.toFixed(3),
    row.ratio.toFixed(2),
    `${Math.round(row.engine.coverage * 100)}%`,
    `${Math.round(row.engine.totalError * 100)}%`,
  ]);
  const table = [text.t('backtest.columns').split('|'), ...cells];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((line) => (line[column] ?? '').length)));
  return table.map((line) => `${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}\n`).join('');
}
