import { ConfigError } from '../config.ts';
import { UserError } from '../errors.ts';
import { textFor, type Text } from '../text/catalogue.ts';

/** The words of an error as a terminal shows them. */
export function wordsOf(error: unknown, text: Text): string {
  if (error instanceof UserError) return text.maybe(`error.${error.code}`, error.context, 'error.other');
  return error instanceof Error ? error.message : String(error);
}

/** Says on stderr what went wrong. @returns the exit status: 2 for bad input, 1 for a failure. */
export function reportFailure(error: unknown, text: Text = textFor('en')): 1 | 2 {
  process.stderr.write(`${wordsOf(error, text)}\n`);
  if (error instanceof UserError || error instanceof ConfigError) return 2;
  if (error instanceof Error && error.stack) process.stderr.write(`${error.stack}\n`);
  return 1;
}

/** The one JSON document of a command. */
export const printJson = (document: unknown): void => void process.stdout.write(`${JSON.stringify(document)}\n`);
