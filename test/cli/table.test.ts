import { expect, test } from 'vitest';
import { table } from '../../src/cli/table.ts';

test('columns line up where Chinese takes two places', () => {
  expect(table([['a', 'bc'], ['歌', 'd'], ['', 'e']])).toBe('a   bc\n歌  d\n    e\n');
});
