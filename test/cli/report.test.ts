import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reportFailure } from '../../src/cli/report.ts';
import { ConfigError } from '../../src/config.ts';
import { UserError } from '../../src/errors.ts';
import { textFor } from '../../src/text/catalogue.ts';

let said: string;
beforeEach(() => {
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((words) => {
    said += String(words);
    return true;
  });
});
afterEach(() => void vi.restoreAllMocks());

test.each([
  ['an unknown song', new UserError('song-not-found', { query: '<晴天>' }), 2],
  ['a wrong configuration', new ConfigError([{ variable: 'PORT', value: 'x', must: 'whole', values: { min: '0', max: '9' } }], 'en'), 2],
  ['a missing model', new UserError('model-missing'), 1],
  ['a database that is away', new UserError('database-unavailable', { where: 'db:5432', reason: 'ECONNREFUSED' }), 1],
  ['a bug', new TypeError('x is not a function'), 1],
])('%s ends with its status', (_what, error, status) => {
  expect(reportFailure(error, textFor('en'))).toBe(status);
  expect(said).not.toBe('');
});

test('a terminal shows what was typed as it was typed', () => {
  reportFailure(new UserError('song-not-found', { query: 'A & <B>' }), textFor('zh-TW'));
  expect(said).toContain('「A & <B>」');
});
