import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { outcomeLines } from '../../charts/outcome-words.ts';
import { demoNames, placeWords } from '../../charts/shoot-out-words.ts';
import { shownPercentile } from '../../charts/figures.ts';
import type { ListedDemo } from '../../db/queries/demo-list.ts';
import type { DemoOutcome } from '../../score/outcome.ts';
import { ENTRANTS } from '../../score/shoot-out.ts';
import type { Text } from '../../text/catalogue.ts';
import { escapeMrkdwn, fit, LIMITS } from '../limits.ts';
import type { Reader } from '../reader.ts';
import { buttons, context, header, section, type Message } from './message.ts';

/** Demos told of on one page. */
export const PAGE_DEMOS = 10;

/** Demos to choose from: those of the page and the newest. With more, long titles would make the message longer than Slack takes. */
export const CHOICES = 30;

/** Of a song that a demo became. */
const LONGEST_SONG = 100;

/** `recent`: the newest of all; `page` begins at 0. */
export type DemoPage = { demos: ListedDemo[]; total: number; page: number; recent: ListedDemo[]; outcomes: DemoOutcome[] };

/** The answer to /demos: the demos that the reader sees, what was said of each, and which to compare. */
export function demosMessage({ demos, total, page, recent, outcomes }: DemoPage, reader: Reader): Message {
  const { text } = reader;
  const headline = text.t('demos.headline', { total });
  if (demos.length === 0) return { text: text.t('demos.none'), blocks: [section(text.t('demos.none'))] };
  const names = demoNames(demos, text);
  const from = page * PAGE_DEMOS;
  const choices = [...demos, ...recent.filter(({ id }) => !demos.some((shown) => shown.id === id))].slice(0, CHOICES);
  return {
    text: headline,
    blocks: [
      header(headline),
      ...demos.map((demo, at) => told(demo, names[at] ?? '', outcomes.find((outcome) => outcome.demo.id === demo.id), reader)),
      ...(choices.length < ENTRANTS.fewest ? [] : choose(choices, reader)),
      ...buttons([
        ...(choices.length < ENTRANTS.fewest ? [] : [{ id: 'demos_compare', label: text.t('button.compare'), value: {}, primary: true }]),
        ...(page > 0 ? [{ id: 'demos_page:newer', label: text.t('button.newer'), value: { page: page - 1 } }] : []),
        ...(from + demos.length < total ? [{ id: 'demos_page:older', label: text.t('button.older'), value: { page: page + 1 } }] : []),
      ]),
      context(text.t('demos.footer', { from: from + 1, to: from + demos.length, total, zone: reader.timeZone })),
    ],
  };
}

/** The day of an instant in the reader's zone. */
function dayOf(instant: Date, { text, timeZone }: Reader): string {
  return text.date(new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(instant));
}

function told(demo: ListedDemo, name: string, outcome: DemoOutcome | undefined, reader: Reader): KnownBlock {
  const { text } = reader;
  const score = demo.interval ? placeWords({ percentile: demo.percentile, ...demo.interval }, text) : text.number(shownPercentile(demo.percentile));
  const lines = [
    text.t('demos.demo', { title: escapeMrkdwn(name), score, date: dayOf(demo.createdAt, reader) }),
    ...(outcome ? outcomeLines(outcome, songName(outcome.song, text), text) : []),
  ];
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: fit(lines.join('\n'), LIMITS.section) },
    accessory: { type: 'button', action_id: 'demo_link', text: { type: 'plain_text', text: text.t(demo.song ? 'button.change-song' : 'button.link-song'), emoji: false }, value: JSON.stringify({ demo: demo.id }) },
  };
}

/** Escaped, for mrkdwn. */
const songName = ({ title, artist }: { title: string; artist: string }, text: Text): string => escapeMrkdwn(fit(text.t('forecast.headline', { title, artist }), LONGEST_SONG));

function choose(choices: readonly ListedDemo[], reader: Reader): KnownBlock[] {
  const { text } = reader;
  const names = demoNames(choices, text);
  return [
    {
      type: 'section',
      block_id: 'demos',
      text: { type: 'mrkdwn', text: text.t('demos.choose', ENTRANTS) },
      accessory: {
        type: 'multi_static_select',
        action_id: 'demos_chosen',
        max_selected_items: ENTRANTS.most,
        placeholder: { type: 'plain_text', text: text.t('demos.placeholder'), emoji: false },
        options: choices.map((demo, at) => {
          const mark = ` · ${shownPercentile(demo.percentile)} · ${dayOf(demo.createdAt, reader)}`;
          return option(`${fit(names[at] ?? '', LIMITS.button - mark.length)}${mark}`, demo.id);
        }),
      },
    },
  ];
}

const option = (label: string, value: string): PlainTextOption => ({ text: { type: 'plain_text', text: fit(label, LIMITS.button), emoji: false }, value });

/** A song that a menu offers; its value is the catalogue's number. */
export const songOption = ({ id, title, artist }: { id: number; title: string; artist: string }, text: Text): PlainTextOption => option(text.t('forecast.headline', { title, artist }) || String(id), String(id));

/** Which song did this demo become? @param channel where it was asked: who may answer depends on it */
export function linkView(demo: ListedDemo, channel: string, text: Text): ModalView {
  const [name = ''] = demoNames([demo], text);
  return {
    type: 'modal',
    callback_id: 'demo_link',
    private_metadata: JSON.stringify({ demo: demo.id, channel }),
    title: plain(text.t('link.title')),
    submit: plain(text.t('link.submit')),
    close: plain(text.t('link.close')),
    blocks: [
      section(text.t('link.which', { title: escapeMrkdwn(name) })),
      {
        type: 'input',
        block_id: 'song',
        label: plain(text.t('link.song')),
        element: {
          type: 'external_select',
          action_id: 'song_search',
          min_query_length: 1,
          placeholder: plain(text.t('link.placeholder')),
          ...(demo.song ? { initial_option: songOption(demo.song, text) } : {}),
        },
      },
      ...(demo.song ? buttons([{ id: 'demo_unlink', label: text.t('button.unlink'), value: { demo: demo.id, channel } }]) : []),
    ],
  };
}

/** What the modal says when it is done. */
export function linkedView(words: readonly string[], text: Text): ModalView {
  return { type: 'modal', title: plain(text.t('link.title')), close: plain(text.t('link.done')), blocks: [section(words.join('\n'))] };
}

/** The demo's song, and how the score turned out as far as that is known. */
export function linkedWords(demo: ListedDemo, outcome: DemoOutcome | undefined, text: Text): string[] {
  const title = escapeMrkdwn(demoNames([demo], text)[0] ?? '');
  if (!demo.song) return [text.t('link.unlinked', { title })];
  return [text.t('link.linked', { title, song: songName(demo.song, text) }), ...(outcome ? outcomeLines(outcome, songName(outcome.song, text), text) : [])];
}

const plain = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
