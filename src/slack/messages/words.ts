import type { Text } from '../../text/catalogue.ts';
import { spokenName } from '../../charts/alt.ts';
import { escapeMrkdwn } from '../limits.ts';
import { context, section, type Message } from './message.ts';

/** How far a demo has come. */
export type Stage = 'downloading' | 'listening' | 'drawing';

export function progressMessage(title: string, stage: Stage, text: Text): Message {
  const words = text.t(`progress.${stage}`, { title: escapeMrkdwn(spokenName(title) || text.t('score.untitled')) });
  return { text: words, blocks: [section(`:hourglass_flowing_sand: ${words}`)] };
}

/** What went wrong and what to do, with the reference under which it was logged. */
export function problemMessage(words: string, reference: string, text: Text): Message {
  return { text: words, blocks: [section(`:warning: ${words}`), context(text.t('error.reference', { reference }))] };
}

/** What Encore can be asked. */
export function helpMessage(text: Text): Message {
  const words = text.t('help.forecast');
  return { text: words, blocks: [section(words)] };
}
