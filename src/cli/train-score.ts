import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { knownScoreModels, useScoreModel, type KnownScoreModel } from '../score/own-model.ts';
import { trainScoreModel, type TrainedScore } from '../score/train-own.ts';
import type { ScoreCard } from '../score/card.ts';
import type { Services } from '../services.ts';
import type { Text } from '../text/catalogue.ts';
import { errorWords } from '../text/error-words.ts';
import { percentBar } from './percent-bar.ts';
import { readNumber } from './read-number.ts';
import { printDocument } from './report.ts';
import { withServices } from './with-services.ts';

type Options = { audio?: string; epochs?: number; list?: boolean; use?: string; json?: boolean };

/** Names told of the files that no song was found for. */
const NAMES_TOLD = 5;

/** `encore train score --audio DIR | --list | --use ID [--json]` */
export const trainScoreCommand = (): Command =>
  new Command('score')
    .description('learn to score demos from the audio of your released songs and their first 30 days; the model is activated only if it beats every baseline on artists it has not heard and on later releases')
    .addOption(new Option('--audio <dir>', 'folder of audio files, named by song id, by ISRC or "Artist - Title", or tagged').conflicts(['list', 'use']))
    .option('--epochs <n>', 'at most so many rounds through the songs', readNumber)
    .addOption(new Option('--list', 'learn nothing; list the models there are, how they did and which is active').conflicts('use'))
    .option('--use <id>', 'learn nothing; let this model of the list score from now on; `demo` is the demonstration')
    .option('--json', 'print one JSON document')
    .action(async ({ audio, epochs, list, use, json }: Options, command: Command) => {
      if (audio === undefined && use === undefined && !list) command.error('error: give --audio DIR to learn, --list to list the models or --use ID to choose one');
      await withServices(
        async (services, text) => {
          if (list) return printDocument(await knownScoreModels(services), (models) => models.map((model) => modelWords(model, text)), json);
          if (use !== undefined) return printDocument(await useScoreModel(services, use), ({ id }) => [text.t('train-score.used', { id })], json);
          printDocument(await learn(services, text, audio ?? '', epochs), (trained) => trainedWords(trained, text), json);
        },
        { json: json ?? false },
      );
    });

/** A stopped command stops the training too. */
async function learn(services: Services, text: Text, audio: string, epochs: number | undefined): Promise<TrainedScore> {
  const bar = percentBar();
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const onProgress = (stage: string, done: number) => bar.update(done, text.t('train-score.progress', { stage }));
    return await trainScoreModel(services, { audio, signal: stopped.signal, onProgress, ...(epochs !== undefined && { epochs }) });
  } finally {
    bar.stop();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** What it learned from, what it is worth, whether it scores from now on, and why not. */
function trainedWords({ card, report, unheard, unmatched }: TrainedScore, text: Text): string[] {
  const lines = [text.t('train-score.matched', { files: report.files, unmatched: report.unmatched, songs: card.training.songs })];
  if (unmatched.length > 0) lines.push(text.t('train-score.unmatched', { names: unmatched.slice(0, NAMES_TOLD).map((path) => basename(path)).join(', '), more: Math.max(0, unmatched.length - NAMES_TOLD) }));
  for (const { file, error } of unheard) lines.push(`${basename(file)}: ${errorWords(error, text)}`);
  lines.push(text.t('train-score.worth', { id: card.id, ...worthOf(card, text) }));
  lines.push(report.activated ? text.t('train-score.activated', { id: card.id }) : text.t('train-score.not-activated', { id: card.id, baselines: unbeaten(card, text) }));
  return lines;
}

const worthOf = ({ metrics, training }: ScoreCard, text: Text) => {
  const rho = ({ value, low, high }: { value: number; low: number; high: number }) => `${text.number(value, 2)} (${text.number(low, 2)}–${text.number(high, 2)})`;
  const { unseenArtists, laterReleases } = metrics;
  return { songs: training.songs, artists: training.artists, unseen: unseenArtists.songs, unseenRho: rho(unseenArtists.plays.model.spearman), later: laterReleases.songs, laterRho: rho(laterReleases.plays.model.spearman) };
};

/** The baselines that the model does not beat, in words. */
const unbeaten = ({ metrics }: ScoreCard, text: Text): string =>
  Object.entries(metrics.beats)
    .filter(([, beaten]) => !beaten)
    .map(([baseline]) => text.t('train-score.baseline', { baseline }))
    .join(', ');

/** One line of the list: whether it scores, since when it is known, and how it did. */
function modelWords({ id, active, card, madeAt, report }: KnownScoreModel, text: Text): string {
  const words = [
    active ? text.t('train-score.active') : '',
    madeAt ? text.t('train-score.model-own', { date: text.date(madeAt.toISOString().slice(0, 10)), ...worthOf(card, text) }) : text.t('train-score.model-demo'),
    report && !report.activated ? text.t('train-score.model-unbeaten', { baselines: unbeaten(card, text) }) : '',
  ];
  return `${active ? '✓' : ' '} ${id}: ${words.filter(Boolean).join(' ')}`;
}
