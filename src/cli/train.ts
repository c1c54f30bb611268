import { Argument, Command } from 'commander';
import { retrainForecast, type Trained } from '../forecast/active-engine.ts';
import { UserError } from '../errors.ts';
import type { Text } from '../text/catalogue.ts';
import { errorWords } from '../text/error-words.ts';
import { printJson } from './report.ts';
import { withServices } from './with-services.ts';

/** `encore train forecast [--json]` */
export const trainCommand = (): Command =>
  new Command('train')
    .description("learn a model from the catalogue's finished songs; it is activated only if it beats the active one on songs it did not see")
    .addArgument(new Argument('<what>', 'which model').choices(['forecast']))
    .option('--json', 'print one JSON document')
    .action(async (_what: 'forecast', { json }: { json?: boolean }) => {
      await withServices(async (services, text) => {
        const trained: Trained[] = [];
        const refused: UserError[] = [];
        for (const kind of ['chart', 'complete'] as const)
          await retrainForecast(services, kind).then(
            (one) => void trained.push(one),
            (error: unknown) => {
              if (!(error instanceof UserError)) throw error;
              refused.push(error);
            },
          );
        if (trained.length === 0 && refused[0]) throw refused.at(-1);
        if (json) printJson(trained);
        else process.stdout.write([...trained.map((one) => trainedWords(one, text)), ...refused.filter(({ context }) => context['finished'] !== 0).map((error) => errorWords(error, text))].map((line) => `${line}\n`).join(''));
      });
    });

/** Which model won, and by how much. */
export function trainedWords({ id, fittedOn, beat, contest }: Trained, text: Text): string {
  const figures = { id, fittedOn, beat, songs: contest.songs, own: text.number(contest.candidate.pinball, 3), other: text.number(contest.active.pinball, 3) };
  return text.t(contest.activate ? 'train.activated' : 'train.not-activated', figures);
}
