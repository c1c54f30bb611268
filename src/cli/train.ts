import { Command, Option } from 'commander';
import { knownModels, KINDS, retrainForecast, useModel, type KnownModel, type Trained } from '../forecast/active-engine.ts';
import { UserError } from '../errors.ts';
import type { Services } from '../services.ts';
import type { Text } from '../text/catalogue.ts';
import { errorWords } from '../text/error-words.ts';
import { percentBar } from './percent-bar.ts';
import { printDocument } from './report.ts';
import { trainHookCommand } from './train-hook.ts';
import { trainScoreCommand } from './train-score.ts';
import { withServices } from './with-services.ts';

type Options = { list?: boolean; use?: string; json?: boolean };

/** `encore train forecast|score|hook` */
export const trainCommand = (): Command =>
  new Command('train').description('learn a model from your own catalogue; it answers only if it does better on songs that it has not learned from').addCommand(forecastCommand().exitOverride()).addCommand(trainScoreCommand().exitOverride()).addCommand(trainHookCommand().exitOverride());

/** `encore train forecast [--list | --use ID] [--json]` */
const forecastCommand = (): Command =>
  new Command('forecast')
    .description("learn from the catalogue's finished songs; the model is activated only if it beats the active one on songs that neither has learned from")
    .addOption(new Option('--list', 'learn nothing; list the models there are, how they did and which is active').conflicts('use'))
    .option('--use <id>', 'learn nothing; let this model of the list answer from now on')
    .option('--json', 'print one JSON document')
    .action(async ({ list, use, json }: Options) => {
      await withServices(async (services, text) => {
        if (list) return printDocument(await knownModels(services), (models) => models.map((model) => modelWords(model, text)), json);
        if (use !== undefined) return printDocument(await useModel(services, use), ({ id, kind }) => [text.t('train.used', { id, kind })], json);
        const { trained, refused } = await train(services, text);
        printDocument(trained, () => [...trained.map((one) => trainedWords(one, text)), ...refused.map((error) => errorWords(error, text))], json);
      });
    });

/** Each kind of data for itself; a kind without any song is not spoken of. @throws UserError when no kind could be learned */
async function train(services: Services, text: Text): Promise<{ trained: Trained[]; refused: UserError[] }> {
  const trained: Trained[] = [];
  const refused: UserError[] = [];
  const bar = percentBar();
  for (const kind of KINDS)
    await retrainForecast(services, kind, (done) => bar.update(done, text.t('train.progress', { kind })))
      .finally(bar.stop)
      .then(
        (one) => void trained.push(one),
        (error: unknown) => {
          if (!(error instanceof UserError)) throw error;
          refused.push(error);
        },
      );
  const telling = refused.filter(({ context }) => context['finished'] !== 0);
  if (trained.length === 0 && refused[0]) throw telling[0] ?? refused[0];
  return { trained, refused: telling };
}

/** Which model won, and by how much. */
export function trainedWords({ id, fittedOn, beat, contest }: Trained, text: Text): string {
  const figures = { id, fittedOn, beat, songs: contest.songs, own: text.number(contest.candidate.pinball, 3), other: text.number(contest.active.pinball, 3) };
  return text.t(contest.activate ? 'train.activated' : 'train.not-activated', figures);
}

/** One line of the list: whether it answers, since when it is known, and how its contest went. */
function modelWords({ id, active, fittedOn, madeAt, contest }: KnownModel, text: Text): string {
  const about =
    madeAt && contest
      ? text.t('train.model-own', { date: text.date(madeAt.toISOString().slice(0, 10)), fittedOn, songs: contest.songs, own: text.number(contest.candidate.pinball, 3), other: text.number(contest.active.pinball, 3) })
      : text.t('train.model-shipped', { fittedOn });
  return `${active ? '✓' : ' '} ${id}: ${active ? `${text.t('train.model-active')} ` : ''}${about}`;
}
