import { expect, test } from 'vitest';
import { quadrantOf } from '../../src/score/quadrant.ts';

test.each([
  [90, 90, 'both'],
  [90, 10, 'reach'],
  [10, 90, 'repeat'],
  [10, 10, 'neither'],
  [50, 49.9, 'reach'],
] as const)('listeners at percentile %d and repeats at %d: %s', (reach, repeat, quadrant) => expect(quadrantOf(reach, repeat)).toBe(quadrant));
