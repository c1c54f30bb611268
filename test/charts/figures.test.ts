import { describe, expect, test } from 'vitest';
import { clock, count, estimate, shortDate, shownPercentile, span, tickLabels, ticks } from '../../src/charts/figures.ts';
import { textFor } from '../../src/text/catalogue.ts';

const en = textFor('en');
const zh = textFor('zh-TW');

test.each([
  [0, '0', '0'],
  [0.44, '0.4', '0.4'],
  [12.6, '13', '13'],
  [1234.5, '1,230', '1,230'],
  [12_345, '12,300', '1.23萬'],
  [123_456, '123K', '12.3萬'],
  [9_876_543, '9.88M', '988萬'],
  [123_456_789, '123M', '1.23億'],
])('%d is predicted as %s or %s', (value, english, chinese) => {
  expect(estimate(en, value)).toBe(english);
  expect(estimate(zh, value)).toBe(chinese);
});

test('counted numbers keep their digits while they are short', () => {
  expect([count(en, 12_345), count(en, 123_456)]).toEqual(['12,345', '123K']);
});

test('a range that reads as one number is written as one', () => {
  expect(span(en, 9800.4, 15_949)).toBe('9,800–15,900');
  expect(span(en, 251_000.2, 251_001)).toBe('251K');
});

test('no percentile reads as below all or above all', () => {
  expect([0, 0.4, 1.5, 49.5, 99.4, 99.6, 100].map(shownPercentile)).toEqual([1, 1, 2, 50, 99, 99, 99]);
});

describe('ticks', () => {
  test.each([0, 0.5, 1, 3, 4.9, 5, 7, 11, 24, 99, 870, 1001, 12_345, 8.3e6, 4.2e9])('of %d are 3 to 6 whole numbers that reach it', (max) => {
    const values = ticks(max);
    expect(values[0]).toBe(0);
    expect(values.at(-1)).toBeGreaterThanOrEqual(max);
    expect(values.length).toBeGreaterThanOrEqual(3);
    expect(values.length).toBeLessThanOrEqual(6);
    expect(values.every(Number.isInteger)).toBe(true);
    expect(new Set(tickLabels(en, values)).size).toBe(values.length);
    expect(new Set(tickLabels(zh, values)).size).toBe(values.length);
  });

  test('waste less than half of the height', () => {
    for (let max = 3; max < 1e6; max *= 1.07) expect((ticks(max).at(-1) ?? 0) / max, String(max)).toBeLessThan(1.7);
  });
});

test('days and seconds are written as each language writes them', () => {
  expect([shortDate(en, '2026-11-02'), shortDate(zh, '2026-11-02')]).toEqual(['2 Nov', '11月2日']);
  expect([clock(0), clock(65.4), clock(1200)]).toEqual(['0:00', '1:05', '20:00']);
});
