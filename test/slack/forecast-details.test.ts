import { describe, expect, test } from 'vitest';
import { checkBlocks } from '../../src/console/block-check.ts';
import { FIXED_FEATURES } from '../../src/forecast/features.ts';
import { REASON_GROUPS } from '../../src/forecast/reasons.ts';
import type { ForecastAnswer } from '../../src/forecast/types.ts';
import { recordWords } from '../../src/charts/explain-words.ts';
import { READABLE } from '../../src/forecast/similar-songs.ts';
import { chartExitBlocks, reasonBlocks, similarBlocks } from '../../src/slack/messages/forecast-details.ts';
import en from '../../src/text/en.json' with { type: 'json' };
import { textFor } from '../../src/text/catalogue.ts';

const text = textFor('en');
const why = (disputed: boolean): ForecastAnswer['why'] => ({
  disputed,
  reasons: [
    { group: 'trend', effect: -0.3, checked: -0.2 },
    { group: 'start', effect: 0.1, checked: 0.1 },
    { group: 'peak', effect: -0.02, checked: 0 },
    { group: 'size', effect: 0.015, checked: 0 },
    { group: 'market', effect: 0.001, checked: 0 },
  ],
});
const similar: ForecastAnswer['similar'] = {
  songs: [{ id: 1, distance: 0.2, held: 0.41, total: 12_345, title: '<!channel>', artist: 'Harbour Lights' }],
  separated: [{ feature: 'maxDay', difference: 1.23, held: 20, fell: 20 }],
};
const exit = { share: 0.4, chart: Array.from({ length: 53 }, (_, step) => (step < 23 ? 40 : 0)), rest: Array.from({ length: 53 }, () => 60), lostOnExit: 40 };
const answer = (parts: Partial<ForecastAnswer>) => ({ origin: 7, ...parts }) as ForecastAnswer;
const words = (value: unknown) => JSON.stringify(value);

test('the three largest reasons are told as changes, smaller ones and tiny ones are not', () => {
  const told = words(reasonBlocks(answer({ why: why(false) }), text));
  for (const part of ['−26%: how fast it rises', '+11%: how its first days went', '−2%: how high it peaked']) expect(told).toContain(part);
  expect(told).not.toContain('how much it is played');
  expect(told).not.toContain('second method');
});

test('reasons that a second method disputes say so', () => {
  expect(words(reasonBlocks(answer({ why: why(true) }), text))).toContain('second method');
});

test('without a reason above one percent nothing is said', () => {
  expect(reasonBlocks(answer({ why: { disputed: false, reasons: [{ group: 'trend', effect: 0.001, checked: 0 }] } }), text)).toEqual([]);
});

test('the chart exit tells what goes, and what is left on the day after', () => {
  const told = words(chartExitBlocks(answer({ chartExit: exit }), text));
  for (const part of ['40% of its latest plays', 'About 40 plays a day', 'about 60 are left on day 31']) expect(told).toContain(part);
  expect(chartExitBlocks(answer({}), text)).toEqual([]);
  expect(words(chartExitBlocks(answer({ origin: 30, chartExit: exit }), text))).toContain('60 are left on day 31');
});

test('similar songs are told with what separated those that held, and can mention nobody', () => {
  const told = words(similarBlocks({ similar }, text));
  for (const part of ['12,345 plays in 60 days', '41% of its first', 'The 20 songs that held peaked later than the 20 that fell.', '40 nearest songs']) expect(told).toContain(part);
  expect(told).not.toContain('<!channel>');
});

test.each([
  [{ n: 0, days: 0, inside: 0, pinballRatio: null, finished: 0, totalError: null, szaboHubermanError: null }, 'No forecast made on day 7 has come due yet'],
  [{ n: 12, days: 300, inside: 0.79, pinballRatio: 0.8, finished: 0, totalError: null, szaboHubermanError: null }, '79% of the days that came since'],
  [{ n: 12, days: 300, inside: 0.79, pinballRatio: 0.8, finished: 9, totalError: 0.214, szaboHubermanError: 0.3 }, 'off by 21% in the median (9 finished). The simple log-linear forecast (Szabo & Huberman) was off by 30%.'],
])('the record is told as far as it goes', (record, part) => {
  expect(recordWords(record, 7, text)).toContain(part);
});

describe.each(['en', 'zh-TW'] as const)('in %s', (locale) => {
  test('Slack takes every part', () => {
    const full = answer({ why: why(true), similar, chartExit: exit });
    const blocks = [...reasonBlocks(full, textFor(locale)), ...chartExitBlocks(full, textFor(locale)), ...similarBlocks(full, textFor(locale))];
    expect(checkBlocks(blocks as never, 50, () => true)).toEqual([]);
  });
});

test('every group of reasons, and every feature that may separate songs, has words', () => {
  expect(Object.keys(REASON_GROUPS).filter((group) => !(`forecast.reason.${group}` in en))).toEqual([]);
  expect(READABLE.filter((feature) => !(FIXED_FEATURES as readonly string[]).includes(feature))).toEqual([]);
  expect(READABLE.flatMap((feature) => [`similar.more.${feature}`, `similar.less.${feature}`]).filter((key) => !(key in en))).toEqual([]);
});
