import { demoName, demonstrationWords, movedWords } from '../../charts/score-words.ts';
import type { ScoreAnswer } from '../../score/types.ts';
import type { Text } from '../../text/catalogue.ts';
import type { Picture } from '../files.ts';
import { escapeMrkdwn } from '../limits.ts';
import { context, header, image, section, type Message } from './message.ts';
import { nearestBlocks } from './score.ts';

/** What moved a demo's score: a message of its own, beside the score's. */
export function scoreWhyMessage(answer: ScoreAnswer, text: Text, picture: Picture | undefined): Message {
  const heading = `${text.t('button.score-why')}: ${demoName(answer, text)}`;
  const moved = movedWords(answer, text);
  return {
    text: `${escapeMrkdwn(heading)}: ${moved}`,
    blocks: [header(heading), section([moved, demonstrationWords(answer.model, text)].filter(Boolean).join('\n')), ...image(picture), ...nearestBlocks(answer, text), context(text.t('chart.score-why.method'))],
  };
}
