import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { fontFamily, fontFile } from '../../src/charts/font-file.ts';
import { ellipsis, runsOf, textWidth } from '../../src/charts/glyphs.ts';

test('text is split by the font that has it', () => {
  expect(runsOf('5月 Day')).toEqual([
    { text: '5', slice: 'latin' },
    { text: '月', slice: 'core' },
    { text: ' Day', slice: 'latin' },
  ]);
  expect(runsOf('喆발现').map(({ slice }) => slice)).toEqual(['rare-1', 'korean', 'simplified']);
});

test('a Chinese character is as wide as its size', () => {
  expect(textWidth('晴天，', 26, 700)).toBe(78);
});

test.each([
  ['day 30: leaves the new-song chart', 400],
  ['(9,800–15,900) 12,345', 400],
  ['heading for 26,700 plays', 700],
])('“%s” is measured as wide as resvg draws it, within 3% (the bounding box lacks the outer bearings)', (words, weight) => {
  const family = fontFamily('latin', weight as 400 | 700);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="200"><text x="50" y="100" font-size="40" font-family="${family}">${words}</text></svg>`;
  const drawn = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [fontFile('latin', weight as 400 | 700)] } }).innerBBox();
  expect(Math.abs((drawn?.width ?? 0) / textWidth(words, 40, weight as 400 | 700) - 1)).toBeLessThan(0.03);
});

test('long text ends in an ellipsis inside the width, short text is left alone', () => {
  expect(ellipsis('晴天晴天', 10, 400, 35)).toBe('晴天…');
  expect(ellipsis('晴天晴天', 10, 400, 40)).toBe('晴天晴天');
  const shortened = ellipsis('word '.repeat(5000), 26, 700, 300);
  expect(shortened.endsWith('…')).toBe(true);
  expect(textWidth(shortened, 26, 700)).toBeLessThanOrEqual(300);
  expect(textWidth(shortened, 26, 700)).toBeGreaterThan(240);
});
