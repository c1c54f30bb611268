import { expect, test } from 'vitest';
import { escapeMrkdwn, fit } from '../../src/slack/limits.ts';

test('a text within the limit is left alone', () => {
  expect(fit('晴天', 2)).toBe('晴天');
});

test('a longer text ends in an ellipsis and keeps to the limit', () => {
  expect(fit('abcdef', 4)).toBe('abc…');
});

test('a character outside the basic plane is never cut in half', () => {
  const cut = fit('𠮷𠮷𠮷𠮷', 4);
  expect(cut.length).toBeLessThanOrEqual(4);
  expect(cut).toBe(`${'𠮷'}…`);
});

test("a file's name can't mention everyone, link or format", () => {
  const shown = escapeMrkdwn('<!channel> *loud* & <http://x|y>');
  expect(shown).not.toMatch(/<!|<http/);
  expect(shown).not.toContain(' *loud*');
  expect(shown).toContain('&amp;');
});
