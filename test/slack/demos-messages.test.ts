import { describe, expect, test } from 'vitest';
import { checkBlocks } from '../../src/console/block-check.ts';
import type { ListedDemo } from '../../src/db/queries/demo-list.ts';
import type { DemoOutcome } from '../../src/score/outcome.ts';
import { demosMessage, linkedView, linkedWords, linkView } from '../../src/slack/messages/demos.ts';
import { otherModelsMessage, shootOutMessage } from '../../src/slack/messages/shoot-out.ts';
import { textFor } from '../../src/text/catalogue.ts';
import { shootOutOf } from '../score/made-demos.ts';

const LONG = '很長的歌名'.repeat(200);
const HOSTILE = '<!channel> *x* & y';
const picture = { fileId: 'F0123456789', alt: 'a'.repeat(3000) };
const idOf = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const demo = (title: string, at = 0): ListedDemo => ({
  id: idOf(at),
  workspaceId: 'T1',
  fileId: 'F1',
  title,
  createdAt: new Date('2026-11-22T20:00:00Z'),
  model: 'm/1',
  percentile: 42,
  interval: { low: 20, high: 70 },
  listeners: 900,
  playsPerListener: 1.4,
  ranges: { listeners: { low: 400, high: 2000 }, playsPerListener: { low: 1.1, high: 1.9 } },
  song: { id: 7, externalId: 's7', title, artist: title },
});
const outcome = (of: ListedDemo): DemoOutcome => ({
  demo: of,
  song: of.song ?? { id: 1, externalId: '', title: '', artist: '' },
  releaseDate: '2026-10-01',
  days: 30,
  listeners: { predicted: 900, range: { low: 400, high: 2000 }, actual: 2400, verdict: 'above' },
  playsPerListener: { predicted: 1.4, range: { low: 1.1, high: 1.9 }, actual: 1.5, verdict: 'inside' },
});
const many = (title: string, n: number) => Array.from({ length: n }, (_, at) => demo(title, at));

describe.each(['en', 'zh-TW'] as const)('in %s', (locale) => {
  const text = textFor(locale);
  const reader = { workspaceId: 'T1', userId: 'U1', text, timeZone: 'Asia/Taipei' };
  const listOf = (title: string) => demosMessage({ demos: many(title, 10), total: 500, page: 3, recent: many(title, 100), outcomes: many(title, 10).map(outcome) }, reader);
  test.each([
    ['a full list with endless titles', listOf(LONG)],
    ['a list of hostile titles', listOf(HOSTILE)],
    ['an empty list', demosMessage({ demos: [], total: 0, page: 0, recent: [], outcomes: [] }, reader)],
    ['a shoot-out of two', shootOutMessage(shootOutOf(['A', 90], ['B', 5]), text, picture, { shared: false })],
    ['a shoot-out of ten with endless titles', shootOutMessage(shootOutOf(...many(LONG, 10).map((_, at): [string, number] => [LONG, at * 10])), text, picture, { shared: false, of: 20 })],
    ['a shoot-out of hostile titles', shootOutMessage(shootOutOf([HOSTILE, 50], [`${HOSTILE}!`, 51]), text, undefined, { shared: true })],
    ['scores of other models', otherModelsMessage(many(HOSTILE, 10), 10, text, false)],
  ])('Slack takes %s, and no title mentions or formats', (_what, message) => {
    expect(checkBlocks(message.blocks as never, 50, () => true)).toEqual([]);
    expect(JSON.stringify(message).length).toBeLessThan(13_000);
    const mrkdwn = [...JSON.stringify(message.blocks).matchAll(/"type":"mrkdwn","text":"((?:[^"\\]|\\.)*)"/g)].map(([, words]) => words);
    for (const words of [message.text, ...mrkdwn]) expect(words).not.toMatch(/<[!@]| \*x\*|NaN|undefined|\{/);
  });

  test('Slack takes the modals', () => {
    for (const title of [LONG, HOSTILE, ' ']) {
      for (const view of [linkView(demo(title), 'C1', text), linkView({ ...demo(title), song: null }, 'C1', text), linkedView(linkedWords(demo(title), outcome(demo(title)), text), text)]) {
        expect(checkBlocks(view.blocks as never, 100, () => true)).toEqual([]);
        for (const words of [view.title, view.submit, view.close]) expect(words?.text.length ?? 1).toBeLessThanOrEqual(24);
      }
    }
  });
});

test('a linked demo shows what was predicted and what came, in words', () => {
  const reader = { workspaceId: 'T1', userId: 'U1', text: textFor('en'), timeZone: 'Asia/Taipei' };
  const shown = JSON.stringify(demosMessage({ demos: [demo('Take 3')], total: 1, page: 0, recent: [], outcomes: [outcome(demo('Take 3'))] }, reader));
  for (const part of ['*Take 3* · score 42 (20–70) · 23 Nov 2026', 'Released as Take 3 — Take 3 (1 Oct 2026): 30 of 30 days known', 'Listeners: predicted 900 (400–2,000), came 2,400: above the interval', 'Plays per listener: predicted 1.4 (1.1–1.9), came 1.5: inside the interval']) expect(shown).toContain(part);
});

test('who beats whom is told of every pair once', () => {
  const { blocks } = shootOutMessage(shootOutOf(['A', 90], ['B', 50], ['C', 5]), textFor('en'), undefined, { shared: false });
  expect(JSON.stringify(blocks)).toMatch(/A beats: B \d\d%, C \d\d%\\n• B beats: C \d\d%/);
});
