import { describe, expect, test } from 'vitest';
import { recordWords } from '../../src/charts/explain-words.ts';
import { recordChart, type DrawnRecord } from '../../src/charts/record.ts';
import { HEIGHT, WIDTH } from '../../src/charts/theme.ts';
import { recordPeriods } from '../../src/forecast/record-periods.ts';
import { summariseRecord } from '../../src/forecast/record.ts';
import { textFor } from '../../src/text/catalogue.ts';
import { recordRow } from '../forecast/record-rows.ts';
import { namedMark, overlaps, textBoxes, textsOf } from './layout.ts';

const drawn = (rows: ReturnType<typeof recordRow>[], origin: DrawnRecord['origin'] = 7): DrawnRecord => ({ origin, summary: summariseRecord(rows), ...recordPeriods(rows) });
const WEEKS = ['2026-05-04', '2026-05-06', '2026-05-12', '2026-05-27'];
const finished = WEEKS.map((date, at) => recordRow(date, { inside: 40 + at * 3, totalError: 0.1 + at / 10, szaboHubermanError: 0.25 }));
const many = Array.from({ length: 300 }, (_, at) => recordRow(`20${20 + (at % 5)}-${String((at % 12) + 1).padStart(2, '0')}-11`, { totalError: at / 100, szaboHubermanError: 4 }));
const RECORDS: Record<string, DrawnRecord> = {
  'four forecasts': drawn(finished),
  'nothing finished': drawn(WEEKS.map((date) => recordRow(date, {}))),
  'years of all origins': drawn(many, undefined),
  'lines that end together': drawn(WEEKS.map((date) => recordRow(date, { totalError: 0.3, szaboHubermanError: 0.3 }))),
};

describe.each(Object.entries(RECORDS))('%s', (_, record) => {
  test.each(['en', 'zh-TW'] as const)('every text stands inside the picture and on no other text (%s)', (locale) => {
    const chart = recordChart(record, textFor(locale));
    const boxes = textBoxes(chart?.spec ?? {});
    expect(boxes.filter(({ left, right, top, bottom }) => left < 20 || right > WIDTH - 20 || top < 10 || bottom > HEIGHT - 10)).toEqual([]);
    expect(overlaps(boxes)).toEqual([]);
    expect(chart?.alt).not.toMatch(/NaN|undefined|\{/);
    expect(chart?.alt.length).toBeLessThanOrEqual(2000);
  });
});

test('neither an empty record, nor one or two forecasts, nor a single week make a picture', () => {
  for (const dates of [[], WEEKS.slice(0, 1), ['2026-05-04', '2026-05-27'], ['2026-05-04', '2026-05-05', '2026-05-06']]) expect(recordChart(drawn(dates.map((date) => recordRow(date, {}))), textFor('en')), dates.join()).toBeUndefined();
});

test('a week without forecasts interrupts the line and shows its zero', () => {
  const { spec } = recordChart(drawn(finished), textFor('en')) ?? { spec: {} };
  for (const name of ['target', 'inside-0', 'inside-1', 'inside-3', 'inside-line-0', 'error-0', 'szabo-huberman-0']) expect(namedMark(spec, name), name).toBeDefined();
  for (const name of ['inside-2', 'inside-line-1', 'inside-line-2']) expect(namedMark(spec, name), name).toBeUndefined();
  expect(textsOf(spec)).toEqual(expect.arrayContaining(['2', '1', '0', '4 May', '25 May', 'Encore 40%', 'Szabo & Huberman 25%', '80%: exactly right']));
});

test('the alt text states the finding with its numbers', () => {
  const { alt } = recordChart(drawn(finished), textFor('en')) ?? { alt: '' };
  for (const part of ['Record of 4 forecasts made on day 7', '84% of the 212 days', 'from 4 May 2026 was the lowest: 78%, 2 forecasts', 'from 25 May 2026 was the highest: 92%, 1 forecast', 'off by 20% in the median, that of Szabo & Huberman’s simple method by 25%']) expect(alt).toContain(part);
});

test('nothing is said of the band while no counted day has come: days off the chart are neither in nor out', () => {
  const offChart = summariseRecord(WEEKS.map((date) => recordRow(date, { counted: 0, inside: 0 })));
  expect(recordWords(offChart, 7, textFor('en'))).toBe(recordWords(summariseRecord([]), 7, textFor('en')));
});
