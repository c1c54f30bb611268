import { Command } from 'commander';
import { demoTraining } from '../catalogue/demo/training.ts';
import { clipsOf, writeFeatures } from '../score/features.ts';
import { readNumber } from './read-number.ts';
import { printJson, reportFailure } from './report.ts';

type Options = { out: string; seed?: number; size?: number; json?: boolean };

/** `encore features --out DIR [--seed N] [--size X]` */
export const featuresCommand = (): Command =>
  new Command('features')
    .description('write what models/train learns from: hook and log-mel of every finished song of a demo catalogue, made by the code that serves')
    .requiredOption('--out <dir>', 'folder for features.f16 and features.json')
    .option('--seed <n>', 'the catalogue to render', readNumber)
    .option('--size <x>', 'times as many listeners and plays', readNumber)
    .option('--json', 'print one JSON document')
    .action(async ({ out, seed, size, json }: Options) => {
      const catalogue = seed === undefined && size === undefined ? undefined : { seed: seed ?? 1, size: size ?? 1 };
      const { songs, ...about } = demoTraining(catalogue);
      const heard = songs.map(({ pcm, ...song }) => ({ ...song, clips: async () => clipsOf(song.id, pcm()) }));
      await writeFeatures(out, { ...about, songs: heard }, { onSong: (done, total) => void process.stderr.write(`\r${done} / ${total}`) })
        .then(({ index }) => {
          process.stderr.write('\n');
          if (json) printJson({ out, source: index.source, songs: index.songs.length });
        })
        .catch((error: unknown) => {
          process.exitCode = reportFailure(error);
        });
    });
