import { expect, test } from 'vitest';
import { rangeAround } from '../../src/score/interval.ts';

test('is the prediction times the margins, in natural units', () => {
  const { low, high } = rangeAround(Math.log(100), [Math.log(0.5), Math.log(3)]);
  expect(low).toBeCloseTo(50, 9);
  expect(high).toBeCloseTo(300, 9);
});

test('no song has fewer than one listener or one play each, and a prediction is never outside its own interval', () => {
  expect(rangeAround(Math.log(1.1), [-0.5, 0.2]).low).toBe(1);
  for (const margin of [[0.2, 0.5], [-0.5, -0.2]] as const) {
    const { low, high } = rangeAround(Math.log(40), margin);
    expect(low).toBeLessThanOrEqual(40 + 1e-9);
    expect(high).toBeGreaterThanOrEqual(40 - 1e-9);
  }
});

/** Uniform in 0..1, always the same. */
function* uniform(): Generator<number, never> {
  let state = 12_345;
  for (;;) yield (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

test('margins taken from the residuals of some songs hold for 80 % of others', () => {
  const random = uniform();
  const residual = () => 0.7 * (random.next().value + random.next().value + random.next().value - 1.5) + (random.next().value < 0.1 ? 0.6 : 0);
  const seen = Array.from({ length: 1000 }, residual).toSorted((a, b) => a - b);
  const margin = [seen[100] as number, seen[899] as number] as const;
  const outcomes = Array.from({ length: 2000 }, () => ({ log: 5 + 4 * random.next().value, residual: residual() }));
  const held = outcomes.filter(({ log, residual: off }) => {
    const { low, high } = rangeAround(log, margin);
    return Math.exp(log + off) >= low && Math.exp(log + off) <= high;
  });
  expect(held.length / outcomes.length).toBeGreaterThan(0.77);
  expect(held.length / outcomes.length).toBeLessThan(0.83);
});
