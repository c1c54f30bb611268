import type { ScoreAnswer } from '../../score/types.ts';
import type { Text } from '../../text/catalogue.ts';
import type { Picture } from '../files.ts';
import { escapeMrkdwn } from '../limits.ts';
import { context, header, image, section, type Message } from './message.ts';

/** Seconds as m:ss. @example clock(65.4) // '1:05' */
export const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** The answer to a dropped demo. */
export function scoreMessage(answer: ScoreAnswer, text: Text, picture: Picture | undefined): Message {
  const hook = { start: clock(answer.hook.start), end: clock(answer.hook.end) };
  const finding = text.t('score.finding', { score: Math.round(answer.score), ...hook });
  const part = (key: 'score.listeners' | 'score.repeat', { value, percentile }: { value: number; percentile: number }, digits: number) => ({
    type: 'mrkdwn' as const,
    text: text.t(key, { value: text.number(value, digits), percentile: Math.round(percentile) }),
  });
  const warnings = answer.warnings.map(({ code, context: values }) => text.maybe(`warning.${code}`, values, 'warning.other'));
  return {
    text: `${answer.title}: ${finding.replaceAll('*', '')}`,
    blocks: [
      header(answer.title),
      section(finding),
      ...image(picture),
      { type: 'section', fields: [part('score.listeners', answer.listeners, 0), part('score.repeat', answer.playsPerListener, 2)] },
      ...warnings.map((warning) => section(`:warning: ${warning}`)),
      context(
        ...(answer.model.demonstration ? [text.t('score.demonstration')] : []),
        text.t('score.footer', { model: escapeMrkdwn(answer.model.id), length: clock(answer.seconds) }),
      ),
    ],
  };
}
