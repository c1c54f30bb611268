#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { backtestCommand } from './cli/backtest.ts';
import { demoCatalogueCommand } from './cli/demo-catalogue.ts';
import { doctorCommand } from './cli/doctor.ts';
import { featuresCommand } from './cli/features.ts';
import { forecastCommand } from './cli/forecast.ts';
import { importCommand } from './cli/import.ts';
import { linkCommand } from './cli/link.ts';
import { recordCommand } from './cli/record.ts';
import { reportFailure } from './cli/report.ts';
import { scoreCommand } from './cli/score.ts';
import { similarCommand } from './cli/similar.ts';
import { trainCommand } from './cli/train.ts';

const program = new Command('encore')
  .description('Forecast songs, score demos and load a catalogue from a terminal.')
  .addHelpText('after', '\nWith --json, one JSON document goes to stdout; progress and logs go to stderr.\nExit status: 0 done, 1 failure, 2 bad input.')
  .exitOverride();

for (const command of [forecastCommand(), similarCommand(), recordCommand(), backtestCommand(), trainCommand(), scoreCommand(), linkCommand(), importCommand(), demoCatalogueCommand(), featuresCommand(), doctorCommand()]) program.addCommand(command.exitOverride());

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : reportFailure(error);
}
