import { describe, expect, test } from 'vitest';
import { scoreChart } from '../../src/charts/score.ts';
import { HEIGHT, MARGIN, WIDTH } from '../../src/charts/theme.ts';
import { textFor } from '../../src/text/catalogue.ts';
import { scoreAnswer, SCORES } from './answers.ts';
import { namedMark, overlaps, textBoxes, textsOf } from './layout.ts';

const en = textFor('en');
const zh = textFor('zh-TW');

type Bar = { x: number; height: number; hook: boolean };
const barsOf = (chart: { spec: { data?: unknown } }) => (chart.spec.data as { values: Bar[] }[])[0].values;
const valueOf = (mark: unknown, key: string) => (mark as { encode: { enter: Record<string, { value: number }> } }).encode.enter[key].value;

describe.each(Object.entries(SCORES))('%s', (_, answer) => {
  test.each(['en', 'zh-TW'] as const)('every text stands inside the picture and on no other text (%s)', (locale) => {
    const { spec, alt } = scoreChart(answer, textFor(locale));
    const boxes = textBoxes(spec);
    expect(boxes.filter(({ left, right, top, bottom }) => left < 20 || right > WIDTH - 20 || top < 10 || bottom > HEIGHT - 10)).toEqual([]);
    expect(overlaps(boxes)).toEqual([]);
    expect(structuredClone(spec)).toEqual(spec);
    expect(alt.length).toBeLessThanOrEqual(2000);
    expect(alt).not.toMatch(/NaN|undefined|\{/);
  });

  test('the waveform fills the width, and every bar has a height', () => {
    const bars = barsOf(scoreChart(answer, en));
    expect(bars[0].x).toBe(MARGIN);
    expect(bars.at(-1)?.x).toBeGreaterThan(WIDTH - MARGIN - 8);
    expect(bars.every(({ height }) => height > 0 && height <= 1)).toBe(true);
  });
});

test('the hook is marked where it is, with its times', () => {
  const chart = scoreChart(scoreAnswer({ seconds: 220, hook: { start: 55, end: 110 } }), en);
  const hook = namedMark(chart.spec, 'hook');
  expect(valueOf(hook, 'x')).toBe(MARGIN + 220);
  expect(valueOf(hook, 'width')).toBe(220);
  expect(textsOf(chart.spec)).toContain('hook 0:55–1:50');
  const marked = barsOf(chart).filter((bar) => bar.hook).map((bar) => bar.x);
  expect([Math.min(...marked), Math.max(...marked)]).toEqual([MARGIN + 220, MARGIN + 436]);
});

test('each output is pinned at its percentile, with its value', () => {
  const { spec } = scoreChart(scoreAnswer({ listeners: { value: 12_345, percentile: 50 }, playsPerListener: { value: 2.313, percentile: 100 } }), en);
  expect(valueOf(namedMark(spec, 'pin-listeners'), 'x')).toBe(610);
  expect(valueOf(namedMark(spec, 'pin-plays'), 'x')).toBe(920);
  expect(textsOf(spec)).toEqual(expect.arrayContaining(['12,300 listeners', 'above 50% of songs', '2.31 plays per listener', 'above 99% of songs']));
});

test.each([
  ['the highest', 99.6, 'above 99%', '高於曲庫中 99% 的'],
  ['the lowest', 0.2, 'above 1%', '高於曲庫中 1% 的'],
])('%s score is not said to stand apart from all songs', (_, score, english, chinese) => {
  const answer = scoreAnswer({ score, listeners: { value: 9, percentile: score }, playsPerListener: { value: 1, percentile: score } });
  const said = (text: typeof en) => [...textsOf(scoreChart(answer, text).spec), scoreChart(answer, text).alt].join('\n');
  expect(said(en)).toContain(english);
  expect(said(zh)).toContain(chinese);
  for (const text of [en, zh]) expect(said(text)).not.toMatch(/\b(100|0)%|above all|below all|所有/);
});

test('picture and alt text say whom the percentiles are among, and to which day', () => {
  const { spec, alt } = scoreChart(scoreAnswer({ model: { id: 'crnn/4', demonstration: false }, reference: { source: 'own', songs: 233, dataDate: '2026-10-31' } }), en);
  const among = 'percentiles among 233 songs of: own, data to 31 Oct 2026';
  expect(textsOf(spec).join('\n')).toContain(among);
  expect(alt).toContain(among);
  const undated = scoreChart(scoreAnswer({ model: { id: 'crnn/4', demonstration: false }, reference: { source: 'own', songs: 1, dataDate: null } }), zh);
  expect(undated.alt).toContain('百分位依 1 首參考歌曲計算（own）');
});

test('a recording without a name is still called something', () => {
  expect(scoreChart(scoreAnswer({ title: '\u200B' }), en).alt).toContain('Score of “Untitled recording”');
});

test('a demonstration model is named on the picture and in the alt text, another model is not', () => {
  for (const text of [en, zh]) {
    const words = text.t('chart.score.demonstration');
    const demonstration = scoreChart(scoreAnswer(), text);
    expect(textsOf(demonstration.spec)).toContain(words);
    expect(demonstration.alt).toContain(words);
    const own = scoreChart(scoreAnswer({ model: { id: 'crnn/4', demonstration: false } }), text);
    expect(textsOf(own.spec)).not.toContain(words);
    expect(own.alt).not.toContain(words);
  }
});

test('the alt text states the finding with its numbers', () => {
  expect(scoreChart(scoreAnswer(), en).alt).toContain('Score of “海邊的錄音機 demo 3.wav”: 78 of 100, above 78% of the reference catalogue. Its hook, 1:05–1:35 of 3:42, was scored.');
  expect(scoreChart(scoreAnswer(), zh).alt).toContain('聽眾人數 1.23萬，高於 71% 的歌曲；每人播放次數 2.31，高於 84%。');
});
