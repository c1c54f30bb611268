import { access, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { trainHook, type HookCard } from '../audio/hook/train-hook.ts';
import { readConfig } from '../config.ts';
import { UserError } from '../errors.ts';
import { textFor, type Text } from '../text/catalogue.ts';
import { percentBar } from './percent-bar.ts';
import { printDocument, reportFailure } from './report.ts';

const MODELS = fileURLToPath(new URL('../../models/', import.meta.url));
const NEEDED = ['chroma.u8', 'index.csv', 'sections.csv'];

/** The weights that ship come from this seed; the card's numbers from so many cross-validations. */
const SEED = 1;
const REPEATS = 3;

/** `encore train hook DIR [--json]`: needs no database. */
export const trainHookCommand = (): Command =>
  new Command('hook')
    .description('learn to find choruses from labelled songs (McGill Billboard) and write models/hook.json with its card: about 10 minutes')
    .argument('<dir>', `folder with ${NEEDED.join(', ')}`)
    .option('--json', 'print the card as one JSON document')
    .action(async (dir: string, { json }: { json?: boolean }) => {
      const text = textFor(readConfig().locale);
      await learn(dir, text).then(
        (card) => printDocument(card, (it) => [trainedWords(it, text)], json),
        (error: unknown) => {
          process.exitCode = reportFailure(error, text);
        },
      );
    });

/** Both files are written whole or not at all. @throws UserError `file-not-found`, `hook-few-songs` */
async function learn(dir: string, text: Text): Promise<HookCard> {
  for (const file of NEEDED.map((name) => join(dir, name)))
    await access(file).catch((error: unknown) => {
      throw new UserError('file-not-found', { file }, { cause: error });
    });
  const bar = percentBar();
  try {
    const { model, card } = trainHook(dir, { seed: SEED, repeats: REPEATS, onFold: (done, of) => bar.update(done / of, text.t('train-hook.progress')) });
    for (const [name, content] of [['hook.json', JSON.stringify(model)], ['hook.card.json', JSON.stringify(card, null, 2)]] as const) {
      await writeFile(join(MODELS, `${name}.new`), `${content}\n`);
      await rename(join(MODELS, `${name}.new`), join(MODELS, name));
    }
    return card;
  } finally {
    bar.stop();
  }
}

function trainedWords({ songs, recordings, metrics: { meanOverlap } }: HookCard, text: Text): string {
  return text.t('train-hook.trained', { songs, recordings, overlap: text.number(meanOverlap.mean, 3), error: text.number(meanOverlap.standardError, 3), file: 'models/hook.json' });
}
