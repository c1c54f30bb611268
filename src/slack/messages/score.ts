import { spokenName } from '../../charts/alt.ts';
import { clock, estimate, shownPercentile } from '../../charts/figures.ts';
import { referenceWords } from '../../charts/score.ts';
import type { ScoreAnswer } from '../../score/types.ts';
import type { Text } from '../../text/catalogue.ts';
import type { Picture } from '../files.ts';
import { escapeMrkdwn, escapeValues } from '../limits.ts';
import { context, header, image, section, type Message } from './message.ts';

/** The answer to a dropped demo. */
export function scoreMessage(answer: ScoreAnswer, text: Text, picture: Picture | undefined): Message {
  const title = spokenName(answer.title) || text.t('score.untitled');
  const hook = { start: clock(answer.hook.start), end: clock(answer.hook.end) };
  const finding = text.t('score.finding', { score: shownPercentile(answer.score), ...hook });
  const part = (key: 'score.listeners' | 'score.repeat', value: string, percentile: number) => ({
    type: 'mrkdwn' as const,
    text: text.t(key, { value, percentile: shownPercentile(percentile) }),
  });
  const warnings = answer.warnings.map(({ code, context: values }) => text.maybe(`warning.${code}`, escapeValues(values), 'warning.other'));
  return {
    text: `${escapeMrkdwn(title)}: ${finding.replaceAll('*', '')}`,
    blocks: [
      header(title),
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
        text.t('score.footer', { model: escapeMrkdwn(answer.model.id), reference: escapeMrkdwn(referenceWords(answer, text)), length: clock(answer.seconds) }),
      ),
    ],
  };
}
