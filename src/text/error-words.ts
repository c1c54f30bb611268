import { UserError } from '../errors.ts';
import type { Text } from './catalogue.ts';

/** The words of an error where they may be read as they are: a terminal, or a line of `encore doctor`. */
export function errorWords(error: unknown, text: Text): string {
  if (error instanceof UserError) return text.maybe(`error.${error.code}`, error.context, 'error.other');
  return error instanceof Error ? error.message : String(error);
}
