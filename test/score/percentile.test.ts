import { expect, test } from 'vitest';
import { percentileIn } from '../../src/score/percentile.ts';

const tens = Array.from({ length: 101 }, (_, index) => 10 * index);

test.each([
  [-1, 0],
  [0, 0],
  [255, 25.5],
  [500, 50],
  [1000, 100],
  [1001, 100],
])('%d stands at %d', (value, percentile) => expect(percentileIn(tens, value)).toBeCloseTo(percentile, 10));

test('a value that many reference songs share stands in their middle', () => {
  const tied = tens.map((value, index) => (index >= 20 && index <= 60 ? 300 : value));
  expect(percentileIn(tied, 300)).toBe(40);
});

test('never falls as the value rises', () => {
  const values = Array.from({ length: 1200 }, (_, value) => percentileIn(tens, value - 50));
  expect(values).toEqual([...values].sort((a, b) => a - b));
});
