import { ConfigError } from '../config.ts';
import { UserError } from '../errors.ts';
import { textFor, type Text } from '../text/catalogue.ts';
import { errorWords } from '../text/error-words.ts';
import { SongUnclear } from './find-song.ts';

/** What the machine lacks; every other UserError is about what was asked. */
const OF_THE_MACHINE = /^(database-|disk-full|ffmpeg-missing|fonts-missing|model-|python-missing|torch-missing)/;

/** Says on stderr what went wrong. @returns the exit status: 2 for bad input, a wrong configuration included, 1 for a failure. */
export function reportFailure(error: unknown, text: Text = textFor('en')): 1 | 2 {
  process.stderr.write(`${errorWords(error, text)}\n`);
  if (error instanceof UserError) return OF_THE_MACHINE.test(error.code) ? 1 : 2;
  if (error instanceof ConfigError) return 2;
  if (error instanceof Error && error.stack) process.stderr.write(`${error.stack}\n`);
  return 1;
}

/** What a program reads of a failure; the nearest songs where a title named none or several. */
export const errorDocument = (error: unknown, text: Text): { code: string; message: string; choices?: SongUnclear['choices'] } => ({
  code: error instanceof UserError ? error.code : 'failure',
  message: errorWords(error, text),
  ...(error instanceof SongUnclear && { choices: error.choices }),
});

/** The one JSON document of a command. */
export const printJson = (document: unknown): void => void process.stdout.write(`${JSON.stringify(document)}\n`);

/** What a command answers: the document for a program, or its words line by line for a reader. */
export function printDocument<Document>(document: Document, wordsOf: (document: Document) => string[], json: boolean | undefined): void {
  if (json) printJson(document);
  else process.stdout.write(wordsOf(document).map((line) => `${line}\n`).join(''));
}
