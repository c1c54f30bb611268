import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { removeDemoCatalogue } from '../catalogue/demo/apart.ts';
import { loadDemoCatalogue } from '../catalogue/demo/load.ts';
import { writeDemoCatalogue } from '../catalogue/demo/write.ts';
import { progressBar } from './progress-bar.ts';
import { readNumber } from './read-number.ts';
import { printJson, reportFailure } from './report.ts';
import type { Services } from '../services.ts';
import { textFor, type Text } from '../text/catalogue.ts';
import { withServices } from './with-services.ts';

type Options = { seed: number; size: number; out?: string; truths?: string; remove?: boolean; json?: boolean };

/** `encore demo-catalogue [--seed N] [--size X] [--out DIR] [--truths FILE] [--remove]` */
export const demoCatalogueCommand = (): Command =>
  new Command('demo-catalogue')
    .description('load the fictional catalogue, or write it as files, with the truths that were planted in it')
    .option('--seed <n>', 'another seed, another catalogue', readNumber, 1)
    .option('--size <x>', 'times as many listeners and plays', readNumber, 1)
    .option('--out <dir>', 'write songs.csv, listeners.csv, plays.csv.gz and truths.json there instead of loading them')
    .option('--truths <file>', 'write the planted truths to this file')
    .option('--remove', 'empty a database that holds the demo catalogue')
    .option('--json', 'print one JSON document')
    .action(async ({ seed, size, out, truths, remove, json }: Options) => {
      if (out) return await write(out, seed, size);
      if (remove) return await removeIt();
      await withServices(async (services, text) => {
        const { truths: planted, ...loaded } = await loadWithBar(services, text, seed, size);
        if (truths) await writeFile(truths, `${JSON.stringify(planted, null, 2)}\n`);
        if (json) printJson(loaded);
        else process.stdout.write(`${text.t('cli.demo-catalogue', { songs: loaded.songs, listeners: loaded.listeners, plays: loaded.plays, seconds: text.number(loaded.seconds, 1) })}\n`);
      });
    });

async function loadWithBar(services: Services, text: Text, seed: number, size: number) {
  const bar = progressBar(text);
  return await loadDemoCatalogue(services, { seed, size, onProgress: bar.update }).finally(bar.stop);
}

const removeIt = async (): Promise<void> =>
  await withServices(async ({ db }, text) => {
    await removeDemoCatalogue(db);
    process.stdout.write(`${text.t('cli.demo-catalogue-removed')}\n`);
  });

async function write(out: string, seed: number, size: number): Promise<void> {
  const text = textFor(readConfig().locale);
  await writeDemoCatalogue(out, { seed, size }).catch((error: unknown) => {
    process.exitCode = reportFailure(error, text);
  });
}
