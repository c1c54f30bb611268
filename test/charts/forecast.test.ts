import { describe, expect, test } from 'vitest';
import { forecastChart } from '../../src/charts/forecast.ts';
import { HEIGHT, WIDTH } from '../../src/charts/theme.ts';
import type { ForecastAnswer } from '../../src/forecast/types.ts';
import { textFor } from '../../src/text/catalogue.ts';
import { forecastAnswer, FORECASTS } from './answers.ts';
import { namedMark, overlaps, textBoxes, textsOf } from './layout.ts';

const en = textFor('en');
const zh = textFor('zh-TW');
const LANGUAGES = ['en', 'zh-TW'] as const;

const withExit = (answer: ForecastAnswer): ForecastAnswer => ({ ...answer, chartExit: { share: 0.4, chart: [], rest: answer.days.map(() => 60), lostOnExit: 40 } });

type DataSet = { name: string; values: Record<string, number>[] };
const dataOf = (chart: { spec: { data?: unknown } }, name: string) => (chart.spec.data as DataSet[]).find((set) => set.name === name)?.values ?? [];
const domainOf = (chart: { spec: { scales?: unknown } }, name: string) => (chart.spec.scales as { name: string; domain: number[] }[]).find((scale) => scale.name === name)?.domain ?? [];

describe.each(Object.entries(FORECASTS))('%s', (_, answer) => {
  test.each(LANGUAGES)('every text stands inside the picture and on no other text (%s)', (locale) => {
    const boxes = textBoxes(forecastChart(answer, textFor(locale)).spec);
    expect(boxes.filter(({ left, right, top, bottom }) => left < 20 || right > WIDTH - 20 || top < 10 || bottom > HEIGHT - 10)).toEqual([]);
    expect(overlaps(boxes)).toEqual([]);
  });

  test('plays start at zero and reach past everything drawn', () => {
    const chart = forecastChart(answer, en);
    const [from, to] = domainOf(chart, 'plays');
    expect(from).toBe(0);
    expect(to).toBeGreaterThanOrEqual(Math.max(...answer.days.map((day) => day.q90), ...answer.known.map((day) => day.plays ?? day.floor ?? 0)));
    expect(to).toBeGreaterThan(0);
    expect(domainOf(chart, 'day')).toEqual([-0.5, 59.5]);
  });

  test.each(LANGUAGES)('the spec can be sent to a thread and the alt text to Slack (%s)', (locale) => {
    const { spec, alt } = forecastChart(answer, textFor(locale));
    expect(structuredClone(spec)).toEqual(spec);
    expect(alt.length).toBeLessThanOrEqual(2000);
    expect(alt).not.toMatch(/NaN|undefined|\{|Infinity/u.test(answer.song.artist) ? /NaN|undefined|Infinity/ : /NaN|undefined|\{|Infinity/);
  });
});

test('each of the parts is drawn', () => {
  const { spec } = forecastChart(forecastAnswer({ origin: 14, known: 30, censored: [3] }), en);
  for (const name of ['title', 'subtitle', 'source', 'known', 'points', 'since', 'censored', 'median', 'band', 'origin', 'chart-exit', 'zero', 'by-day-7', 'by-day-60']) expect(namedMark(spec, name), name).toBeDefined();
});

test('known days, days that came true since and censored days are kept apart', () => {
  const chart = forecastChart(forecastAnswer({ origin: 7, known: 12, censored: [2, 9] }), en);
  expect(dataOf(chart, 'points').map(({ day }) => day)).toEqual([0, 1, 3, 4, 5, 6]);
  expect(dataOf(chart, 'since').map(({ day }) => day)).toEqual([7, 8, 10, 11]);
  expect(dataOf(chart, 'censored').map(({ day }) => day)).toEqual([2, 9]);
  expect(dataOf(chart, 'known').map(({ counted }) => counted)).toEqual([true, true, false, true, true, true, true]);
  expect(dataOf(chart, 'forecast').map(({ day }) => day)).toEqual(Array.from({ length: 53 }, (_, i) => i + 7));
});

test('the key names only the marks that are there', () => {
  expect(textsOf(forecastChart(forecastAnswer(), en).spec)).not.toContain('what came true since');
  expect(textsOf(forecastChart(forecastAnswer({ known: 9 }), en).spec)).toContain('what came true since');
  expect(textsOf(forecastChart(forecastAnswer({ censored: [2] }), zh).spec)).toContain('未上榜：至多如此');
});

test('a checkpoint shows its range, or that it was counted, or what came true', () => {
  const answer = forecastAnswer({ origin: 7, known: 20 });
  answer.checkpoints[2] = { day: 30, q10: 9800.4, q50: 12_345, q90: 15_949, counted: false };
  const texts = textsOf(forecastChart(answer, en).spec);
  expect(texts).toEqual(expect.arrayContaining(['by day 7', 'counted', 'by day 30', '12,300', '9,800–15,900']));
  const byDay14 = answer.known.slice(0, 14).reduce((sum, { plays }) => sum + (plays ?? 0), 0);
  expect(texts).toContain(en.number(byDay14));
  expect(namedMark(forecastChart(answer, en).spec, 'came-true-14')).toBeDefined();
  expect(namedMark(forecastChart(answer, en).spec, 'came-true-30')).toBeUndefined();
});

const NOTES = [7, 14, 30, 60].map((day) => `note-${day}`);
const notesOf = (answer: ForecastAnswer) => NOTES.map((name) => (namedMark(forecastChart(answer, en).spec, name) as { encode: { enter: { text: { value: string } } } }).encode.enter.text.value);

test('a sum in which days are estimated is not called counted', () => {
  expect(notesOf(forecastAnswer({ origin: 14, censored: [9] })).slice(0, 2)).toEqual(['counted', 'counted, gaps estimated']);
});

test('a sum of which most days are unknown is not given as a number', () => {
  const answer = forecastAnswer({ origin: 30 });
  answer.checkpoints[0] = { day: 7, q10: NaN, q50: NaN, q90: NaN, counted: false };
  expect(notesOf(answer)[0]).toBe('too few days known');
  expect(textsOf(forecastChart(answer, zh).spec).join()).not.toContain('NaN');
});

test('a forecast whose band has no width is still called a forecast', () => {
  expect(notesOf(forecastAnswer({ width: 0 }))).toEqual(['counted', 'forecast', 'forecast', 'forecast']);
});

test('release day is day 1, and its date is below it', () => {
  expect(textsOf(forecastChart(forecastAnswer(), en).spec)).toEqual(expect.arrayContaining(['day 1', '4 Sept', '60', '2 Nov', 'forecast from day 8']));
  expect(textsOf(forecastChart(forecastAnswer(), zh).spec)).toEqual(expect.arrayContaining(['第 1 天', '9月4日', '第 8 天起為預測', '第 30 天']));
});

test('only a song that has plays from the new-song chart is said to leave it', () => {
  const leaving = forecastChart(withExit(forecastAnswer()), zh);
  expect(textsOf(leaving.spec)).toContain('第 30 天離開新歌榜，之後每日播放約剩 60');
  expect(leaving.alt).toContain('最近的播放有 40% 來自榜單，下榜後每日播放約少 40，第 31 天約剩 60。');
  expect(forecastChart(forecastAnswer(), zh).alt).not.toContain('離開新歌榜');
});

test('what is left without the chart is a second line, with its key and the day of the exit marked', () => {
  const chart = forecastChart(withExit(forecastAnswer({ origin: 7, known: 20 })), en);
  expect(dataOf(chart, 'rest').map(({ day }) => day)).toEqual(Array.from({ length: 53 }, (_, step) => step + 7));
  expect(dataOf(chart, 'left')).toEqual([{ day: 30, plays: 60 }]);
  expect(textsOf(chart.spec)).toContain('without the chart');
  for (const name of ['rest', 'left']) expect(namedMark(chart.spec, name), name).toBeDefined();
  expect(namedMark(forecastChart(forecastAnswer(), en).spec, 'rest')).toBeUndefined();
});

test('large counts are written with 萬 in Chinese and M in English', () => {
  const answer = forecastAnswer({ level: 6_400_000 });
  expect(textsOf(forecastChart(answer, zh).spec)).toEqual(expect.arrayContaining(['200萬', '400萬']));
  expect(textsOf(forecastChart(answer, en).spec)).toEqual(expect.arrayContaining(['2M', '4M']));
});

test('the alt text states the finding with its numbers', () => {
  const answer = { ...forecastAnswer({ origin: 7, known: 10, censored: [4] }), total: { q10: 21_040, q50: 26_730, q90: 31_780 } };
  const inEnglish = forecastChart(answer, en).alt;
  expect(inEnglish).toContain('“海邊的錄音機” by 林晴 from its first 7 days: 26,700 plays by day 60, 80% between 21,000–31,800.');
  expect(inEnglish).toContain('Since the forecast 3 days were counted; 3 fell inside the 80% band.');
  expect(inEnglish).toContain('On 1 day the song was off the chart');
  expect(inEnglish).toContain('Data to 13 Sept 2026, model szabo-huberman/1.');
  const inChinese = forecastChart(answer, zh).alt;
  expect(inChinese).toContain('60 天累計播放次數 2.67萬，八成機率介於 2.1萬–3.18萬。');
  expect(inChinese).toContain('其中 3 天落在八成機率區間內');
});

test('once all 60 days are counted, the finding is what came true', () => {
  const answer = { ...forecastAnswer({ origin: 30, known: 60 }), total: { q10: 20_040, q50: 24_730, q90: 31_780 } };
  const counted = en.number(answer.known.reduce((sum, { plays }) => sum + (plays ?? 0), 0));
  expect(textsOf(forecastChart(answer, en).spec)).toContain(`“海邊的錄音機” reached ${counted} plays by day 60; 24,700 were forecast`);
  expect(forecastChart(answer, en).alt).toContain(`By day 60, ${counted} had come true.`);
});

test('a song nobody plays is said to be so', () => {
  expect(textsOf(forecastChart(forecastAnswer({ change: () => 0 }), en).spec)).toContain('“海邊的錄音機” is not expected to be played up to day 60');
});

test('a name without a drawable character gives way to the song’s id', () => {
  expect(textsOf(forecastChart(forecastAnswer({ title: '🔥' }), en).spec).join()).toContain('“S-00421” is heading for');
});
