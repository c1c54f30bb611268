import { glob, readFile } from 'node:fs/promises';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import en from '../src/text/en.json' with { type: 'json' };
import zhTW from '../src/text/zh-TW.json' with { type: 'json' };
import { localeOf, textFor } from '../src/text/catalogue.ts';

const PLURAL = 6;
const POUND = 7;

/** Names of the values a message wants; `counted` are those that only choose between singular and plural, which Chinese lacks. */
function wants(message: string, locale: string): { filled: string[]; counted: string[] } {
  const found = { filled: new Set<string>(), counted: new Set<string>() };
  const walk = (nodes: unknown): void => {
    for (const node of nodes as { type: number; value?: unknown; options?: Record<string, { value: unknown }> }[]) {
      if (node.type > 0 && node.type < POUND) found[node.type === PLURAL ? 'counted' : 'filled'].add(String(node.value));
      for (const option of Object.values(node.options ?? {})) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst());
  return { filled: [...found.filled].sort(), counted: [...found.counted] };
}

test('both languages have the same keys', () => {
  expect(Object.keys(zhTW).sort()).toEqual(Object.keys(en).sort());
});

test.each(Object.entries(en))('%s asks for the same values in both languages', (key, message) => {
  const english = wants(message, 'en');
  const chinese = wants((zhTW as Record<string, string>)[key], 'zh-TW');
  expect(chinese.filled.filter((name) => !english.counted.includes(name))).toEqual(english.filled.filter((name) => !english.counted.includes(name)));
  expect([...english.filled, ...english.counted]).toEqual(expect.arrayContaining([...chinese.filled, ...chinese.counted]));
});

test('every error that the code throws has words', async () => {
  const codes = new Set<string>();
  for await (const file of glob('src/**/*.ts')) for (const [, code] of (await readFile(file, 'utf8')).matchAll(/new UserError\(\s*'([a-z0-9-]+)'/g)) codes.add(code);
  expect(codes.size).toBeGreaterThan(10);
  expect([...codes].filter((code) => !(`error.${code}` in en))).toEqual([]);
});

test.each([
  ['zh-TW', 'zh-TW'],
  ['zh-HK', 'zh-TW'],
  ['zh-Hant', 'zh-TW'],
  ['zh-CN', 'en'],
  ['en-US', 'en'],
  ['ja-JP', 'en'],
  [undefined, 'en'],
] as const)('a reader whose Slack speaks %s reads %s', (slack, ours) => {
  expect(localeOf(slack, 'en')).toBe(ours);
});

test('numbers are written as each language writes them', () => {
  expect(textFor('en').compact(1_234_567)).toBe('1.23M');
  expect(textFor('zh-TW').compact(1_234_567)).toBe('123萬');
});

test('a rejected value that only looks like a day is shown as it is', () => {
  expect(textFor('en').maybe('import.reason.other', { value: '2026-13-40' }, 'error.other')).toContain('2026-13-40');
});
