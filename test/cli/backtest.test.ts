import { expect, test } from 'vitest';
import { wordsOf } from '../../src/cli/backtest.ts';
import type { BacktestRow, CatalogueBacktest } from '../../src/forecast/backtest.ts';
import { textFor } from '../../src/text/catalogue.ts';

const engine = { n: 40, pinball: 0.4, coverage: 0.81, totalError: 0.2, totalRatio: 1 };
const row = (origin: BacktestRow['origin'], by: BacktestRow['by'], value: string): BacktestRow => ({ origin, by, value, engine, szaboHuberman: 0.5, ratio: 0.8 });
const rows = [row(0, 'all', ''), row(3, 'all', ''), row(3, 'size', 'small'), row(3, 'genre', 'city pop')];
const backtestOf = (given: Partial<CatalogueBacktest['kinds'][number]>, leftOut = 0): CatalogueBacktest => ({
  kinds: [{ kind: 'complete', model: 'default-complete/1', refitted: false, songs: 10, finished: 12, dataDate: '2026-10-31', rows, calibration: [], ...given }],
  leftOut,
});
const en = textFor('en');

test('the finding stands first, with the model, the songs and the data date', () => {
  const [headline, about] = wordsOf(backtestOf({}), 'size', en).split('\n');
  expect(headline).toBe("On 10 finished songs with complete counts, default-complete/1 beats the log-linear baseline: its loss is 0.8 times the baseline's, and 81% of the days fell inside its 80% band.");
  expect(about).toBe('Shipped model, which has not learned from this catalogue · 12 finished songs · data to 31 Oct 2026');
});

test('a model that loses to the baseline is said to', () => {
  expect(wordsOf(backtestOf({ rows: [{ ...row(0, 'all', ''), ratio: 1.14 }] }), 'size', en)).toMatch(/does not beat the log-linear baseline: its loss is 1.14 times/);
});

test('a model that has learned from the songs is said to have been learned anew', () => {
  expect(wordsOf(backtestOf({ refitted: true }), 'size', en)).toContain('models learned anew from the songs finished before');
});

test('genres are shown only where they are asked for, and instead of sizes', () => {
  expect(wordsOf(backtestOf({}), 'size', en)).toContain('small artists');
  expect(wordsOf(backtestOf({}), 'size', en)).not.toContain('city pop');
  expect(wordsOf(backtestOf({}), 'genre', en)).toContain('city pop');
  expect(wordsOf(backtestOf({}), 'genre', en)).not.toContain('small artists');
});

test('says what the ratio means, and which songs were left out, in both languages', () => {
  expect(wordsOf(backtestOf({}), 'size', en)).toMatch(/below 1 is better\.\n$/);
  expect(wordsOf(backtestOf({}, 3), 'size', en)).toMatch(/3 finished songs were left out: .*\n$/);
  expect(wordsOf(backtestOf({}, 3), 'size', textFor('zh-TW'))).toMatch(/另有 3 首未列入/);
});
