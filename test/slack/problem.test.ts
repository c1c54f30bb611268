import { pino } from 'pino';
import { expect, test } from 'vitest';
import { RetryableError, UserError } from '../../src/errors.ts';
import { explain } from '../../src/slack/problem.ts';
import { textFor } from '../../src/text/catalogue.ts';

function explained(error: unknown, locale: 'en' | 'zh-TW' = 'en') {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  const message = explain(error, textFor(locale), log);
  return { words: JSON.stringify(message), logged: lines.map((line) => JSON.parse(line) as { reference: string; level: number }) };
}

const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

test.each([
  ['a mistake of the user', new UserError('upload-too-large', { limit: 200 }), '200 MB', '200 MB'],
  ['a database that is away', away, 'database', '資料庫'],
  ['Slack or the network not answering', new RetryableError('busy', 5), 'few minutes', '幾分鐘'],
  ['a bug', new TypeError('x is not a function'), 'Something went wrong', '發生了問題'],
])('%s is said in the language of the reader', (_what, error, english, chinese) => {
  expect(explained(error).words).toContain(english);
  expect(explained(error, 'zh-TW').words).toContain(chinese);
});

test.each([
  ['a mistake of the user', new UserError('song-not-found', { query: 'x' })],
  ['a file that can not be scored', new UserError('audio-silent')],
])('%s shows no reference: there is nothing to look up', (_what, error) => {
  for (const locale of ['en', 'zh-TW'] as const) expect(explained(error, locale).words).not.toMatch(/(Reference|編號) [0-9A-F]{6}/);
});

test.each([
  ['a refusal without words of its own', new UserError('no-such-words')],
  ['a database that is away', away],
  ['a bug', new TypeError('x is not a function')],
])('%s carries the reference under which it was logged', (_what, error) => {
  const { words, logged } = explained(error);
  expect(words).toContain(`Reference ${logged[0].reference}`);
});

test('what the user reads says nothing of a bug’s inside', () => {
  const { words, logged } = explained(new TypeError('secret detail'));
  expect(logged).toHaveLength(1);
  expect(words).not.toContain('secret detail');
});
