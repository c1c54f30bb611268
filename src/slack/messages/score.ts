import type { KnownBlock } from '@slack/types';
import { estimate, shownPercentile } from '../../charts/figures.ts';
import { demoName, demonstrationWords, hookWords, listenersRange, movedWords, nearestHeading, nearestSongWords, playsRange, recordingWords, referenceWords, scoreValues, warningWords } from '../../charts/score-words.ts';
import type { ScoreAnswer } from '../../score/types.ts';
import type { Text } from '../../text/catalogue.ts';
import type { Picture } from '../files.ts';
import { escapeMrkdwn, escapeValues } from '../limits.ts';
import { buttons, context, header, image, section, type Button, type Message } from './message.ts';

/** The answer to a dropped demo. */
export function scoreMessage(answer: ScoreAnswer, text: Text, picture: Picture | undefined, row: Button[] = []): Message {
  const title = demoName(answer, text);
  const finding = text.t('score.finding', scoreValues(answer, text));
  return {
    text: `${escapeMrkdwn(title)}: ${finding.replaceAll('*', '')}`,
    blocks: [
      header(title),
      section([finding, demonstrationWords(answer.model, text)].filter(Boolean).join('\n')),
      ...image(picture),
      section(partLines(answer, text).join('\n')),
      section(`${hookWords(answer, text)}\n${movedWords(answer, text)}`),
      ...nearestBlocks(answer, text),
      ...warningWords(answer.warnings, text, escapeValues).map((warning) => section(`:warning: ${warning}`)),
      context(recordingWords(answer, text).map(escapeMrkdwn).join(' · '), footer(answer, text)),
      ...buttons(row),
    ],
  };
}

/** Reach and repeat, each with its interval and its place. */
const partLines = ({ listeners, playsPerListener }: ScoreAnswer, text: Text): string[] => [
  text.t('score.listeners', { value: estimate(text, listeners.value), range: listenersRange(listeners, text), percentile: shownPercentile(listeners.percentile) }),
  text.t('score.repeat', { value: text.number(playsPerListener.value, 2), range: playsRange(playsPerListener, text), percentile: shownPercentile(playsPerListener.percentile) }),
];

/** The songs most like it, a line each; none where the model knows none. */
export function nearestBlocks(answer: Pick<ScoreAnswer, 'nearest' | 'model'>, text: Text): KnownBlock[] {
  const songs = answer.nearest.map((song) => `• ${nearestSongWords(song, text, escapeMrkdwn)}`);
  return songs.length > 0 ? [section([`*${nearestHeading(answer, text)}*`, ...songs].join('\n'))] : [];
}

function footer(answer: ScoreAnswer, text: Text): string {
  const { interval, model, reference } = answer;
  const values = { level: Math.round(interval.level * 100), coverage: Math.round(interval.coverage * 100), date: text.date(reference.dataDate) };
  return text.t('score.footer', { ...values, model: escapeMrkdwn(model.id), reference: escapeMrkdwn(referenceWords(answer, text)) });
}
