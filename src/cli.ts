#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { Command, CommanderError } from 'commander';
import { reportFailure } from './cli/report.ts';

// Only what a command needs is read, and compiled once: most of a short command's CPU went into imports.
enableCompileCache();

const COMMANDS: Record<string, () => Promise<Command>> = {
  forecast: async () => (await import('./cli/forecast.ts')).forecastCommand(),
  similar: async () => (await import('./cli/similar.ts')).similarCommand(),
  record: async () => (await import('./cli/record.ts')).recordCommand(),
  backtest: async () => (await import('./cli/backtest.ts')).backtestCommand(),
  train: async () => (await import('./cli/train.ts')).trainCommand(),
  score: async () => (await import('./cli/score.ts')).scoreCommand(),
  link: async () => (await import('./cli/link.ts')).linkCommand(),
  import: async () => (await import('./cli/import.ts')).importCommand(),
  'demo-catalogue': async () => (await import('./cli/demo-catalogue.ts')).demoCatalogueCommand(),
  features: async () => (await import('./cli/features.ts')).featuresCommand(),
  doctor: async () => (await import('./cli/doctor.ts')).doctorCommand(),
};

const program = new Command('encore')
  .description('Forecast songs, score demos and load a catalogue from a terminal.')
  .addHelpText('after', '\nWith --json, one JSON document goes to stdout; progress and logs go to stderr.\nExit status: 0 done, 1 failure, 2 bad input.')
  .exitOverride();

try {
  const named = COMMANDS[process.argv[2] ?? ''];
  for (const load of named ? [named] : Object.values(COMMANDS)) program.addCommand((await load()).exitOverride());
  await program.parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : reportFailure(error);
}
