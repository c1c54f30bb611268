import type { Text } from '../../text/catalogue.ts';
import { spokenName } from '../../charts/alt.ts';
import { escapeMrkdwn } from '../limits.ts';
import { context, section, type Message } from './message.ts';

/** How far a demo has come. */
export type Stage = 'waiting' | 'downloading' | 'listening';

export function progressMessage(title: string, stage: Stage, text: Text): Message {
  const words = text.t(`progress.${stage}`, { title: escapeMrkdwn(spokenName(title) || text.t('score.untitled')) });
  return { text: words, blocks: [section(`:hourglass_flowing_sand: ${words}`)] };
}

/** What went wrong and what to do; `reference` is the log line of a failure, absent for what the reader can mend. */
export function problemMessage(words: string, text: Text, reference?: string): Message {
  return { text: words, blocks: [section(`:warning: ${words}`), ...(reference ? [context(text.t('error.reference', { reference }))] : [])] };
}

/** A sentence by itself. */
export const noteMessage = (words: string): Message => ({ text: words, blocks: [section(words)] });

/** What Encore can be asked, after a sentence that says why it is told. */
export function helpMessage(text: Text, why?: string): Message {
  return noteMessage([...(why ? [why] : []), text.t('help.forecast')].join('\n'));
}
