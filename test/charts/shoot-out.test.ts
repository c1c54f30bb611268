import { describe, expect, test } from 'vitest';
import { shootOutChart } from '../../src/charts/shoot-out.ts';
import { pairLines } from '../../src/charts/shoot-out-words.ts';
import { HEIGHT, WIDTH } from '../../src/charts/theme.ts';
import { textFor } from '../../src/text/catalogue.ts';
import { shootOutOf } from '../score/made-demos.ts';
import { namedMark, overlaps, textBoxes, textsOf } from './layout.ts';

const LONG = '很長的歌名'.repeat(40);
const SETS = {
  'two far apart': shootOutOf(['Top', 97], ['Bottom', 5]),
  'three alike': shootOutOf(['海邊的錄音機', 50], ['Harbour Lights', 51], ['昨天的雨', 52]),
  'ten with endless titles': shootOutOf(...Array.from({ length: 10 }, (_, at): [string, number] => [LONG, 10 * at])),
  'titles that can’t be drawn': shootOutOf(['\u200B', 40], ['🎸', 60]),
};

describe.each(Object.entries(SETS))('%s', (_, answer) => {
  test.each(['en', 'zh-TW'] as const)('every text stands inside the picture and on no other text (%s)', (locale) => {
    const chart = shootOutChart(answer, textFor(locale));
    const boxes = textBoxes(chart.spec);
    expect(boxes.filter(({ left, right, top, bottom }) => left < 20 || right > WIDTH - 20 || top < 10 || bottom > HEIGHT - 10)).toEqual([]);
    expect(overlaps(boxes)).toEqual([]);
    expect(chart.alt).not.toMatch(/NaN|undefined|\{/);
    expect(chart.alt.length).toBeLessThanOrEqual(2000);
  });
});

test('a bracket holds those together that are too close to call, and nobody who stands alone', () => {
  expect(namedMark(shootOutChart(SETS['three alike'], textFor('en')).spec, 'group-0')).toBeDefined();
  const { spec } = shootOutChart(SETS['two far apart'], textFor('en'));
  expect([namedMark(spec, 'group-0'), namedMark(spec, 'group-1')]).toEqual([undefined, undefined]);
  expect(textsOf(spec)).not.toContain('too close to call');
});

test('the title is the finding, and the alt text has every demo with its numbers', () => {
  const { spec, alt } = shootOutChart(SETS['two far apart'], textFor('en'));
  expect(textsOf(spec)[0]).toMatch(/^“Top” leads: \d\d% likely to beat the next$/);
  for (const part of ['Lead single: “Top”', 'Video: “Top”', '1. “Top”: score', '2. “Bottom”: score', 'Demonstration model']) expect(alt).toContain(part);
  expect(shootOutChart(SETS['three alike'], textFor('en')).alt).toContain('too close to call');
});

test('two that are too close to call are both named', () => {
  const two = shootOutOf(['A', 50], ['B', 51]);
  expect(textsOf(shootOutChart(two, textFor('en')).spec)[0]).toBe('Too close to call: “B” or “A”');
  expect(textsOf(shootOutChart(two, textFor('zh-TW')).spec)[0]).toBe('難分高下：「B」與「A」');
  const long = shootOutOf([LONG, 50], [`B${LONG}`, 51]);
  expect(textBoxes(shootOutChart(long, textFor('en')).spec).filter(({ right }) => right > WIDTH - 20)).toEqual([]);
});

test('pairs are listed as each language lists', () => {
  const answer = shootOutOf(['A', 90], ['B', 50], ['C', 10]);
  expect(pairLines(answer, ['A', 'B', 'C'], textFor('zh-TW'))[0]).toMatch(/^A 勝過：B \d\d%、C \d\d%$/);
});

test('demos of one title are numbered', () => {
  expect(shootOutChart(shootOutOf(['Demo', 90], ['Demo', 10], ['Other', 50]), textFor('en')).alt).toMatch(/“Demo \(1\)”.*“Demo \(2\)”/);
});
