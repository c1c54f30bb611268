import { clock, estimate } from '../../charts/figures.ts';
import type { ScoreAnswer } from '../../score/types.ts';
import type { Text } from '../../text/catalogue.ts';
import type { Picture } from '../files.ts';
import { escapeMrkdwn } from '../limits.ts';
import { context, header, image, section, type Message } from './message.ts';

/** The answer to a dropped demo. */
export function scoreMessage(answer: ScoreAnswer, text: Text, picture: Picture | undefined): Message {
  const hook = { start: clock(answer.hook.start), end: clock(answer.hook.end) };
  const finding = text.t('score.finding', { score: Math.round(answer.score), ...hook });
  const part = (key: 'score.listeners' | 'score.repeat', value: string, percentile: number) => ({
    type: 'mrkdwn' as const,
    text: text.t(key, { value, percentile: Math.round(percentile) }),
  });
  const warnings = answer.warnings.map(({ code, context: values }) => text.maybe(`warning.${code}`, values, 'warning.other'));
  return {
    text: `${answer.title}: ${finding.replaceAll('*', '')}`,
    blocks: [
      header(answer.title),
      section(finding),
      ...image(picture),
      {
        type: 'section',
        fields: [
          part('score.listeners', estimate(text, answer.listeners.value), answer.listeners.percentile),
          part('score.repeat', text.number(answer.playsPerListener.value, 2), answer.playsPerListener.percentile),
        ],
      },
      ...warnings.map((warning) => section(`:warning: ${warning}`)),
      context(
        ...(answer.model.demonstration ? [text.t('score.demonstration')] : []),
        text.t('score.footer', { model: escapeMrkdwn(answer.model.id), length: clock(answer.seconds) }),
      ),
    ],
  };
}
