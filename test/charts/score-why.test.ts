import { describe, expect, test } from 'vitest';
import { scoreWhyChart } from '../../src/charts/score-why.ts';
import { HEIGHT, WIDTH } from '../../src/charts/theme.ts';
import { textFor } from '../../src/text/catalogue.ts';
import { scoreAnswer, SCORES } from './answers.ts';
import { namedMark, overlaps, textBoxes, textsOf } from './layout.ts';

const en = textFor('en');
const valueOf = (mark: unknown, key: string) => (mark as { encode: { enter: Record<string, { value: number }> } }).encode.enter[key].value;

describe.each(Object.entries(SCORES))('%s', (_, answer) => {
  test.each(['en', 'zh-TW'] as const)('every text stands inside the picture and on no other text (%s)', (locale) => {
    const { spec, alt } = scoreWhyChart(answer, textFor(locale));
    const boxes = textBoxes(spec);
    expect(boxes.filter(({ left, right, top, bottom }) => left < 20 || right > WIDTH - 20 || top < 10 || bottom > HEIGHT - 10)).toEqual([]);
    expect(overlaps(boxes)).toEqual([]);
    expect(structuredClone(spec)).toEqual(spec);
    expect(alt.length).toBeLessThanOrEqual(2000);
    expect(alt).not.toMatch(/NaN|undefined|\{/);
  });
});

/** Nothing moves the score but what is given. */
function moved(time: Record<number, number>, frequency: Record<number, number> = {}) {
  const { occlusion } = scoreAnswer();
  const at = (changes: number[], given: Record<number, number>) => changes.map((_, index) => given[index] ?? 0);
  return scoreAnswer({ occlusion: { ...occlusion, time: at(occlusion.time, time), frequency: at(occlusion.frequency, frequency), cells: occlusion.cells.map((bands) => bands.map(() => 0)) } });
}

test('what raised the score rises above the line, what lowered it hangs below, in different colours and with signs', () => {
  const { spec } = scoreWhyChart(moved({ 2: -0.1, 5: 0.08 }, { 0: -0.2, 7: 0.05 }), en);
  const [up, down] = [namedMark(spec, 'time-2'), namedMark(spec, 'time-5')];
  expect(valueOf(up, 'y') + valueOf(up, 'height')).toBeCloseTo(valueOf(down, 'y'), 9);
  expect(valueOf(up, 'fill')).not.toBe(valueOf(down, 'fill'));
  expect(valueOf(namedMark(spec, 'band-0'), 'x')).toBeGreaterThan(valueOf(namedMark(spec, 'band-7'), 'x'));
  expect(textsOf(spec)).toEqual(expect.arrayContaining(['+11%', '+22%']));
});

test('the strongest part of each kind bears its percentage, below 0 where it lowered the score', () => {
  expect(textsOf(scoreWhyChart(moved({ 2: -0.1, 5: 0.3 }), en).spec)).toContain('−26%');
});

test('a part that halves the plays is −50% in picture and words, and no part costs more than all plays', () => {
  const halved = moved({}, { 0: Math.log(2) });
  expect(textsOf(scoreWhyChart(halved, en).spec)).toContain('−50%');
  expect(scoreWhyChart(halved, en).alt).toContain('It loses most by 0–420 Hz (with it 50% fewer plays than without).');
  expect(textsOf(scoreWhyChart(moved({}, { 0: 5 }), en).spec)).toContain('−99%');
});

test('a percentage stands at its own bar’s end', () => {
  const at = (change: number) => {
    const { spec } = scoreWhyChart(moved({}, { 0: change }), en);
    const bar = namedMark(spec, 'band-0');
    const words = textBoxes(spec).find(({ text }) => /^[+−]\d+%$/.test(text));
    return { left: valueOf(bar, 'x'), right: valueOf(bar, 'x') + valueOf(bar, 'width'), words };
  };
  const [raised, lowered] = [at(-0.3), at(0.3)];
  expect(raised.words?.left).toBeGreaterThan(raised.right);
  expect(lowered.words?.right).toBeLessThan(lowered.left);
});

test('the silence of an ending is neither named nor labelled', () => {
  const answer = moved({ 2: 0.1, 14: 0.9 });
  const { rows, columns, bytes } = answer.spectrogram;
  const faded = { ...answer, spectrogram: { rows, columns, bytes: bytes.map((byte, at) => (at % columns >= 140 ? 0 : byte)) } };
  expect(scoreWhyChart(answer, en).alt).toContain('1:33–1:35');
  expect(scoreWhyChart(faded, en).alt).toContain('It loses most by 1:09–1:11 (');
  expect(textsOf(scoreWhyChart(faded, en).spec)).toContain('−10%');
});

test('a Chinese list has a space before a part that begins with a digit', () => {
  expect(scoreWhyChart(moved({ 2: -0.1 }, { 7: -0.3 }), textFor('zh-TW')).alt).toContain('）和 1:09–1:11（');
});

test('a change too small to name does not fill a bar', () => {
  expect(valueOf(namedMark(scoreWhyChart(moved({ 2: -0.002 }), en).spec, 'time-2'), 'height')).toBeLessThan(3);
});

test('the title names the part that moved the score most, or says that none did', () => {
  expect(textsOf(scoreWhyChart(moved({ 2: -0.1 }, { 7: 0.3 }), en).spec).join('\n')).toContain('7.3–11 kHz lowered it most');
  expect(textsOf(scoreWhyChart(moved({ 2: -0.1 }), en).spec).join('\n')).toContain('1:09–1:11 raised it most');
  expect(textsOf(scoreWhyChart(moved({}), en).spec).join('\n')).toContain('no part alone');
});

test('the alt text tells what moved the score, and which made-up songs are like it', () => {
  const { alt } = scoreWhyChart(moved({ 2: -0.1, 5: 0.1 }), en);
  expect(alt).toContain('It gains most from 1:09–1:11 (with it 11% more plays than without). It loses most by 1:15–1:17 (with it 10% fewer plays than without).');
  expect(alt).toContain('Made-up songs that sound most like it to the model: 紙飛機的第 1 次飛行 — 林晴: 9,200 listeners × 2.8 plays each in 30 days;');
  expect(scoreWhyChart(scoreAnswer({ model: { id: 'crnn/4', demonstration: false, why: null } }), en).alt).not.toMatch(/made-up|demonstration/i);
});
