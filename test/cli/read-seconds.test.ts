import { expect, test } from 'vitest';
import { readSeconds } from '../../src/cli/read-seconds.ts';

test.each([['1:05', 65], ['0:00', 0], ['65', 65], ['65.5', 65.5], ['12:00.25', 720.25], ['61:01', 3661]])('%s is %f seconds', (value, seconds) => {
  expect(readSeconds(value)).toBe(seconds);
});

test.each(['', '1:5', '1:60', '-5', '1:05:00', 'chorus', '1e3', '0x10', '1:', ':30', 'Infinity'])('"%s" is no time', (value) => {
  expect(() => readSeconds(value)).toThrow('such as 1:05 or 65');
});
