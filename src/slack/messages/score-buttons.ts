import type { KnownBlock } from '@slack/types';
import { clock } from '../../charts/figures.ts';
import type { ScoreAnswer } from '../../score/types.ts';
import type { Text } from '../../text/catalogue.ts';
import type { Reader } from '../reader.ts';
import { context, type Button } from './message.ts';

/** What can be asked of a scored demo: to score another part that could be the hook, and what moved the score. */
export const scoreButtons = ({ otherHooks }: ScoreAnswer, fileId: string, text: Text): Button[] => [
  ...otherHooks.map(({ start, end }, index) => ({ id: `score_part:${index}`, label: text.t('button.part', { start: clock(start), end: clock(end) }), value: { file: fileId, start } })),
  { id: 'score_why', label: text.t('button.score-why'), value: { file: fileId } },
];

/** That an answer is not a new one, with the day it was made in the reader's zone. */
export function againNote(scoredAt: Date | undefined, { text, timeZone }: Reader): KnownBlock[] {
  if (!scoredAt) return [];
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(scoredAt);
  return [context(text.t('score.again', { date: text.date(day) }))];
}
