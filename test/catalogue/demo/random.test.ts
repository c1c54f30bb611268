import { expect, test } from 'vitest';
import { randomFor } from '../../../src/catalogue/demo/random.ts';

const draws = (label: string, count: number) => {
  const random = randomFor(label);
  return Array.from({ length: count }, () => random.uniform());
};
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: number[]) => mean(values.map((value) => value * value)) - mean(values) ** 2;

test('a label decides the stream, and only the label', () => {
  expect(draws('a', 5)).toEqual(draws('a', 5));
  expect(draws('a', 5)).not.toEqual(draws('b', 5));
});

test('streams of neighbouring labels are not alike', () => {
  const [one, two] = [draws('1/day/7', 20_000), draws('1/day/8', 20_000)];
  const covariance = mean(one.map((value, index) => value * (two[index] as number))) - mean(one) * mean(two);
  expect(Math.abs(covariance * 12)).toBeLessThan(0.03);
  expect(Math.abs(mean(one) - 0.5)).toBeLessThan(0.01);
});

test.each([0, 0.3, 5, 59, 61, 500])('a Poisson count has mean and variance %d', (lambda) => {
  const random = randomFor('poisson');
  const counts = Array.from({ length: 20_000 }, () => random.poisson(lambda));
  expect(Math.abs(mean(counts) - lambda)).toBeLessThanOrEqual(4 * Math.sqrt(lambda / 20_000));
  expect(Math.abs(variance(counts) - lambda)).toBeLessThanOrEqual(0.06 * lambda);
});

test('normal values have mean 0 and variance 1', () => {
  const random = randomFor('normal');
  const values = Array.from({ length: 20_000 }, () => random.normal());
  expect(Math.abs(mean(values))).toBeLessThan(0.03);
  expect(Math.abs(variance(values) - 1)).toBeLessThan(0.05);
});
