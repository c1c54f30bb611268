import { readdir, readFile, stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { fontFiles } from '../../src/charts/font-file.ts';
import { readFontMetrics } from '../../src/charts/font-metrics.ts';
import { drawable, runsOf } from '../../src/charts/glyphs.ts';
import en from '../../src/text/en.json' with { type: 'json' };
import zhTW from '../../src/text/zh-TW.json' with { type: 'json' };
import golden from './fixtures/advances.json' with { type: 'json' };

const FONTS = new URL('../../src/charts/fonts/', import.meta.url);

/** Characters of an encoding's two-byte codes with the first byte in the range, the second from `low` on. */
function charactersOf(encoding: string, first: number, last: number, from: number): string[] {
  const decoder = new TextDecoder(encoding);
  const found = new Set<string>();
  for (let high = first; high <= last; high++) for (let low = from; low < 0xff; low++) found.add(decoder.decode(Uint8Array.of(high, low)));
  return [...found].filter((character) => [...character].length === 1 && character !== '\uFFFD' && !/\p{Co}/u.test(character));
}

const lacking = (characters: Iterable<string>) => [...characters].filter((character) => !/\s/.test(character) && runsOf(character).length === 0);

test('the fonts are all there, each under 2 MiB and together under 16 MB, with their licences', async () => {
  const sizes = await Promise.all((await fontFiles()).map(async (path) => (await stat(path)).size));
  expect(Math.max(...sizes)).toBeLessThan(2 * 1024 * 1024);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(16_000_000);
  const files = await readdir(FONTS);
  expect(files.filter((file) => file.endsWith('.ttf')).length).toBe(sizes.length);
  for (const licence of ['OFL-Inter.txt', 'OFL-Noto-Sans.txt']) expect(await readFile(new URL(licence, FONTS), 'utf8')).toContain('SIL OPEN FONT LICENSE Version 1.1');
});

describe.each(Object.entries(golden))('%s', (file, { characters, advances }) => {
  test('has the characters and widths that fontTools reads', () => {
    const metrics = readFontMetrics(new URL(file, FONTS).pathname);
    for (const [character, advance] of Object.entries(advances)) expect(metrics.advance(character.codePointAt(0) ?? 0), character).toBeCloseTo(advance, 5);
    let count = 0;
    for (let code = 0; code < 0x10000; code++) if (metrics.advance(code) !== undefined) count++;
    expect(count).toBe(characters);
  });
});

test('both weights have the same characters', () => {
  for (const [file, { characters }] of Object.entries(golden)) expect(characters).toBe((golden as Record<string, { characters: number }>)[file.replace('700', '400')].characters);
});

test('every word of both catalogues can be drawn, but for emoji codes', () => {
  const words = [...Object.entries(en), ...Object.entries(zhTW)].filter(([key]) => key.startsWith('chart.')).map(([, message]) => message);
  expect(words.length).toBeGreaterThan(50);
  expect(lacking(new Set(words.join('')))).toEqual([]);
  expect(lacking(new Set([...Object.values(en), ...Object.values(zhTW)].join('')))).toEqual([]);
});

test.each([
  ['Chinese punctuation', [...'「」『』、，。！？；：（）《》〈〉【】…—～·・‧＆％＋－／｜“”‘’']],
  ['digits and signs', [...'0123456789,.–-+×%()≤≥±°€£¥$&@#/']],
  ['Big5 level 1', charactersOf('big5', 0xa4, 0xc6, 0x40)],
  ['Big5 level 2', charactersOf('big5', 0xc9, 0xf9, 0x40).filter((character) => /\p{Script=Han}/u.test(character))],
  ['simplified Chinese (GB 2312)', charactersOf('gb2312', 0xb0, 0xf7, 0xa1)],
  ['Japanese (JIS X 0208)', charactersOf('euc-jp', 0xa4, 0xf4, 0xa1).filter((character) => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character))],
  ['Korean (KS X 1001)', charactersOf('euc-kr', 0xb0, 0xc8, 0xa1)],
  ['letters of Europe and Vietnam', [...'ÀÉÎÕÜßçñøåÆŒŁžșğİặệữưđБДЖЯёїΩλ']],
])('%s can be drawn', (_, characters) => {
  expect(characters.length).toBeGreaterThan(20);
  expect(lacking(characters)).toEqual([]);
});

test('what no font has is left out or shortened in a defined way', () => {
  expect(drawable('晴天 ☀️🎵')).toBe('晴天');
  expect(drawable('👩‍👩‍👧 family')).toBe('family');
  expect(drawable('3️⃣ wishes ❤️')).toBe('3 wishes');
  expect(drawable('ไทย pop')).toBe('… pop');
  expect(drawable('a\u0000b\u202Ec\n d')).toBe('abc d');
  expect(drawable('🔥')).toBe('');
  expect(drawable('e\u0301')).toBe('é');
});
