import { describe, expect, test } from 'vitest';
import { calibrationChart } from '../../src/charts/calibration.ts';
import { HEIGHT, WIDTH } from '../../src/charts/theme.ts';
import type { Backtest } from '../../src/forecast/backtest.ts';
import { textFor } from '../../src/text/catalogue.ts';
import { namedMark, overlaps, textBoxes, textsOf } from './layout.ts';

const backtestOf = (calibration: Backtest['calibration'], refitted = false): Backtest => ({ kind: 'complete', model: refitted ? 'catalogue-complete/12' : 'default-complete/1', refitted, songs: 1234, finished: 2000, dataDate: '2026-10-31', rows: [], calibration });
const usual = backtestOf([
  { origin: 3, below: [0.18, 0.47, 0.78], coverage: 0.71, days: 4000 },
  { origin: 7, below: [0.18, 0.47, 0.87], coverage: 0.83, days: 4000 },
  { origin: 14, below: [0.21, 0.5, 0.89], coverage: 0.84, days: 4000 },
  { origin: 30, below: [0.1, 0.5, 0.9], coverage: 0.8, days: 4000 },
]);
const CASES = {
  usual,
  'one origin': backtestOf([{ origin: 30, below: [0.1, 0.5, 0.9], coverage: 0.8, days: 1 }]),
  collapsed: backtestOf(usual.calibration.map((row) => ({ ...row, below: [0.99, 1, 1], coverage: 0.01 })), true),
  'much too low': backtestOf(usual.calibration.map((row) => ({ ...row, below: [0, 0, 0.01], coverage: 1 }))),
};

describe.each(Object.entries(CASES))('%s', (_, backtest) => {
  test.each(['en', 'zh-TW'] as const)('every text stands inside the picture and on no other text (%s)', (locale) => {
    const { spec, alt } = calibrationChart(backtest, textFor(locale));
    const boxes = textBoxes(spec);
    expect(boxes.filter(({ left, right, top, bottom }) => left < 20 || right > WIDTH - 20 || top < 10 || bottom > HEIGHT - 10)).toEqual([]);
    expect(overlaps(boxes)).toEqual([]);
    expect(structuredClone(spec)).toEqual(spec);
    expect(alt).not.toMatch(/NaN|undefined|\{/);
  });
});

test('the finding is the range of what the band held, in the title and in the alt text with all its numbers', () => {
  const en = calibrationChart(usual, textFor('en'));
  expect(textsOf(en.spec)).toContain('The 80% band held 71–84% of the days');
  expect(en.alt).toContain('default-complete/1 on 1,234 finished songs');
  expect(en.alt).toContain('From day 3: 71% inside; 18, 47 and 78% at or below.');
  expect(calibrationChart(usual, textFor('zh-TW')).alt).toContain('從第 3 天起：71% 在區間內；不高於各分位數者為 18、47、78%。');
});

test('a bar ends at its share', () => {
  const enter = (name: string) => (namedMark(calibrationChart(usual, textFor('en')).spec, name) as { encode: { enter: Record<string, { value: number }> } }).encode.enter;
  expect(enter('inside-30').height.value / enter('inside-14').height.value).toBeCloseTo(0.8 / 0.84, 9);
  expect(enter('share-30-90').y.value).toBeCloseTo(enter('promised-90').y.value, 9);
});
