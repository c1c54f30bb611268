import { ConfigError } from '../config.ts';
import { UserError } from '../errors.ts';
import { textFor, type Text } from './catalogue.ts';

/** The words of an error where they may be read as they are: a terminal, or a line of `encore doctor`. */
export function errorWords(error: unknown, text: Text): string {
  if (error instanceof UserError) return text.maybe(`error.${error.code}`, error.context, 'error.other');
  if (error instanceof ConfigError) return configWords(error);
  return error instanceof Error ? error.message : String(error);
}

/** One line for each mistake, in the language that the configuration asks for. */
function configWords({ mistakes, locale }: ConfigError): string {
  const text = textFor(locale);
  const lines = mistakes.map(({ variable, value, must, values }) => `  - ${text.maybe(`config.${must}`, { variable, value, ...values }, 'config.text')}`);
  return `${text.t('config.wrong', { count: mistakes.length })}\n${lines.join('\n')}`;
}
