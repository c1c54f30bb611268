import { describe, expect, test } from 'vitest';
import { scoreChart } from '../../src/charts/score.ts';
import { demonstrationWords } from '../../src/charts/score-words.ts';
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

test('the best 30 seconds are marked where they are, with their times', () => {
  const chart = scoreChart(scoreAnswer({ seconds: 220, hook: { start: 55, end: 110 } }), en);
  const hook = namedMark(chart.spec, 'hook');
  expect(valueOf(hook, 'x')).toBe(MARGIN + 220);
  expect(valueOf(hook, 'width')).toBe(220);
  expect(textsOf(chart.spec)).toContain('best 30 seconds 0:55–1:50');
  const marked = barsOf(chart).filter((bar) => bar.hook).map((bar) => bar.x);
  expect([Math.min(...marked), Math.max(...marked)]).toEqual([MARGIN + 220, MARGIN + 436]);
});

test('a part that was chosen is not called the best', () => {
  const { spec } = scoreChart(scoreAnswer({ hookBy: 'user' }), en);
  expect(textsOf(spec)).toContain('the part you chose 1:05–1:35');
  expect(textsOf(spec).join('\n')).not.toContain('best 30');
});

test('the score is pinned at its percentile, its interval is the band around it', () => {
  const { spec } = scoreChart(scoreAnswer({ score: 50, interval: { low: 25, high: 100, level: 0.8, coverage: 0.8 } }), en);
  expect(valueOf(namedMark(spec, 'pin'), 'x')).toBe(230);
  expect([valueOf(namedMark(spec, 'strip-interval'), 'x'), valueOf(namedMark(spec, 'strip-interval'), 'width')]).toEqual([135, 285]);
  expect(textsOf(spec)).toEqual(expect.arrayContaining(['25–99', '12,300 listeners', '6,440–22,500 · above 71% of songs', '2.31 plays per listener', '1.92–2.71 · above 84% of songs']));
});

describe('the map of reach and repeat', () => {
  const map = (answer: typeof SCORES[string]) => {
    const { spec } = scoreChart(answer, en);
    const [ground, box, demo] = ['map', 'map-interval', 'map-demo'].map((name) => namedMark(spec, name));
    const songs = (spec.data as { values: { x: number; y: number }[] }[])[1].values;
    return { spec, ground, songs, box: { left: valueOf(box, 'x'), top: valueOf(box, 'y'), right: valueOf(box, 'x') + valueOf(box, 'width'), bottom: valueOf(box, 'y') + valueOf(box, 'height') }, x: (valueOf(demo, 'x') + valueOf(demo, 'x2')) / 2, y: valueOf(demo, 'y') };
  };

  test.each(Object.entries(SCORES))('%s: cross, box and songs lie on it', (_, answer) => {
    const { ground, box, songs, x, y } = map(answer);
    const [left, top] = [valueOf(ground, 'x'), valueOf(ground, 'y')];
    const inside = (at: { x: number; y: number }) => at.x >= left && at.x <= left + valueOf(ground, 'width') && at.y >= top && at.y <= top + valueOf(ground, 'height');
    expect([...songs, { x, y }, { x: box.left, y: box.top }, { x: box.right, y: box.bottom }].filter((at) => !inside(at))).toEqual([]);
    expect(x).toBeGreaterThanOrEqual(box.left);
    expect(x).toBeLessThanOrEqual(box.right);
  });

  test('more listeners stand further right, more plays per listener higher', () => {
    const [few, many] = [map(scoreAnswer({ listeners: { value: 2000, percentile: 20, low: 1500, high: 2500 } })), map(scoreAnswer())];
    expect(many.x).toBeGreaterThan(few.x);
    const often = map(scoreAnswer({ playsPerListener: { value: 2.6, percentile: 95, low: 2.2, high: 2.7 } }));
    expect(often.y).toBeLessThan(many.y);
  });

  test('the quadrants are named in words, the demo’s own in bold', () => {
    const { spec } = map(scoreAnswer({ quadrant: 'reach' }));
    expect(textsOf(spec)).toEqual(expect.arrayContaining(['many, once', 'few, again and again', 'many, again and again', 'few, once']));
    expect(['reach', 'repeat', 'both', 'neither'].map((name) => valueOf(namedMark(spec, `corner-${name}`), 'fontWeight'))).toEqual([700, 400, 400, 400]);
  });
});

test.each([
  ['the highest', 99.6, 'above 99%', '高於 99% 的'],
  ['the lowest', 0.2, 'above 1%', '高於 1% 的'],
])('%s score is not said to stand apart from all songs', (_, score, english, chinese) => {
  const part = { percentile: score, low: 1, high: 9 };
  const answer = scoreAnswer({ score, interval: { low: score, high: score, level: 0.8, coverage: 0.8 }, listeners: { value: 9, ...part }, playsPerListener: { value: 1, ...part } });
  const said = (text: typeof en) => [...textsOf(scoreChart(answer, text).spec), scoreChart(answer, text).alt].join('\n');
  expect(said(en)).toContain(english);
  expect(said(zh)).toContain(chinese);
  for (const text of [en, zh]) expect(said(text)).not.toMatch(/\b(100|0)%|above all|below all|所有/);
});

test('picture and alt text say whom the percentiles are among and when those were released, not how the demo catalogue was made', () => {
  const own = scoreAnswer({ model: { id: 'crnn/4', demonstration: false, why: null }, reference: { ...scoreAnswer().reference, source: 'your catalogue' } });
  const among = 'percentiles among 233 songs of: your catalogue, released 1 Nov 2025–31 Oct 2026';
  expect(textsOf(scoreChart(own, en).spec).join('\n')).toContain(among);
  expect(scoreChart(own, en).alt).toContain(among);
  expect(scoreChart(scoreAnswer(), en).alt).toContain('percentiles among 233 invented songs');
  expect(scoreChart(scoreAnswer(), en).alt).not.toContain('seed');
});

test('a recording without a name is still called something', () => {
  expect(scoreChart(scoreAnswer({ title: '\u200B' }), en).alt).toContain('Score of “Untitled recording”');
});

test.each(['not-trained', 'not-better', 'chosen', null] as const)('a demonstration says so and why (%s), in full, on the picture and in the alt text', (why) => {
  for (const text of [en, zh]) {
    const model = { id: 'demo/1', demonstration: true, why };
    const words = demonstrationWords(model, text);
    const { spec, alt } = scoreChart(scoreAnswer({ model }), text);
    expect(textsOf(spec)).toContain(words);
    expect(alt).toContain(words);
  }
});

test('a model of the catalogue’s own is not called a demonstration', () => {
  const own = { id: 'crnn/4', demonstration: false, why: null };
  expect(demonstrationWords(own, en)).toBe('');
  const { spec, alt } = scoreChart(scoreAnswer({ model: own }), en);
  expect([...textsOf(spec), alt].join('\n')).not.toMatch(/demonstration|invented/i);
  expect(namedMark(spec, 'demonstration')).toBeUndefined();
});

test('the alt text states the finding with its numbers', () => {
  expect(scoreChart(scoreAnswer(), en).alt).toContain('Score of “海邊的錄音機 demo 3.wav”: 78 of 100 (80% interval 45–94), above 78% of the reference songs: many hear it, again and again.');
  expect(scoreChart(scoreAnswer(), zh).alt).toContain('聽眾人數 1.23萬（6,440–2.25萬），高於 71% 的歌曲；每人播放次數 2.31（1.92–2.71），高於 84%。');
});
