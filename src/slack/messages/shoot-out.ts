import type { KnownBlock } from '@slack/types';
import { demoNames, pairLines, recommendation } from '../../charts/shoot-out-words.ts';
import type { ShootOutAnswer } from '../../score/compare-demos.ts';
import type { Text } from '../../text/catalogue.ts';
import type { Picture } from '../files.ts';
import { escapeMrkdwn, LIMITS } from '../limits.ts';
import { buttons, context, header, image, section, type Message } from './message.ts';

/** What the buttons under a shoot-out or a list carry: ids, of which only the demos that the presser sees are looked up. */
export type DemosAsk = { demos: string[] };

export type ShootOutShown = {
  /** How many were shared together, where only the best of them are compared. */
  of?: number;
  /** Told to everyone: without the buttons of the private answer. */
  shared: boolean;
};

/** The answer of a shoot-out. */
export function shootOutMessage(answer: ShootOutAnswer, text: Text, picture: Picture | undefined, { of, shared }: ShootOutShown): Message {
  const names = demoNames(answer.standings, text).map(escapeMrkdwn);
  const { lead, video } = recommendation(answer, names, text);
  const n = answer.standings.length;
  return {
    text: `${text.t('shoot-out.headline', { n })}: ${lead}`,
    blocks: [
      header(text.t('shoot-out.headline', { n })),
      section(`${lead}\n${video}`),
      ...image(picture),
      ...paragraphs([text.t('shoot-out.who-beats-whom'), ...pairLines(answer, names, text).map((line) => `• ${line}`)]),
      context(
        ...(answer.model.demonstration ? [text.t('shoot-out.demonstration')] : []),
        ...(of !== undefined && of > n ? [text.t('shoot-out.of', { n, of })] : []),
        text.t('shoot-out.footer', { model: escapeMrkdwn(answer.model.id), date: text.date(answer.dataDate) }),
      ),
      ...(shared ? [] : buttons([{ id: 'compare_post', label: text.t('button.post'), value: { demos: answer.standings.map(({ id }) => id) } satisfies DemosAsk, primary: true }])),
    ],
  };
}

/** Some of the demos were scored by another model: they can't be compared, but scored again. */
export function otherModelsMessage(others: readonly { id: string; title: string }[], of: number, text: Text, shared: boolean): Message {
  const names = demoNames(others, text).map(escapeMrkdwn);
  const words = text.t('shoot-out.other-models', { others: others.length, of, titles: new Intl.ListFormat(text.locale, { type: 'conjunction' }).format(names) });
  return {
    text: words,
    blocks: [section(words), ...(shared ? [] : buttons([{ id: 'compare_again', label: text.t('button.score-again'), value: { demos: others.map(({ id }) => id) } satisfies DemosAsk, primary: true }]))],
  };
}

/** Lines in as few sections as hold them whole. */
function paragraphs(lines: readonly string[]): KnownBlock[] {
  const parts: string[] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + line.length < LIMITS.section) parts[parts.length - 1] = `${last}\n${line}`;
    else parts.push(line);
  }
  return parts.map(section);
}
