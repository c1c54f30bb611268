import { describe, expect, test } from 'vitest';
import { checkBlocks } from '../../src/console/block-check.ts';
import { scoreAnswer, UNEXPLAINED } from '../charts/answers.ts';
import type { ForecastAnswer } from '../../src/forecast/types.ts';
import type { ScoreAnswer } from '../../src/score/types.ts';
import { choicesMessage } from '../../src/slack/messages/choices.ts';
import { forecastMessage } from '../../src/slack/messages/forecast.ts';
import type { Message } from '../../src/slack/messages/message.ts';
import { scoreMessage } from '../../src/slack/messages/score.ts';
import { scoreWhyMessage } from '../../src/slack/messages/score-why.ts';
import { recordMessage } from '../../src/slack/messages/record.ts';
import { similarMessage } from '../../src/slack/messages/similar.ts';
import { helpMessage, problemMessage, progressMessage } from '../../src/slack/messages/words.ts';
import { textFor } from '../../src/text/catalogue.ts';

const dateOf = (day: number) => new Date(Date.UTC(2026, 9, 1 + day)).toISOString().slice(0, 10);
const forecast = (title: string, knownDays = 8): ForecastAnswer => ({
  id: 'f1',
  song: { id: 12, externalId: 's12', title, artist: 'Harbour Lights', releaseDate: dateOf(0) },
  origin: 7,
  dataDate: dateOf(knownDays - 1),
  known: Array.from({ length: knownDays }, (_, day) => ({ day, date: dateOf(day), plays: 100, floor: null })),
  days: Array.from({ length: 53 }, (_, index) => ({ day: index + 7, date: dateOf(index + 7), q10: 50, q50: 80, q90: 120 })),
  checkpoints: [
    { day: 7, q10: 700, q50: 700, q90: 700, counted: true },
    { day: 14, q10: 1050, q50: 1260, q90: 1540, counted: false },
    { day: 30, q10: 1900, q50: 2540, q90: 3300, counted: false },
    { day: 60, q10: 3500, q50: 4940, q90: 6400, counted: false },
  ],
  total: { q10: 3500, q50: 4940, q90: 6400 },
  model: { id: 'szabo-huberman/1', fittedOn: 214, shipped: true },
  ...UNEXPLAINED,
});
const score = (title: string): ScoreAnswer =>
  scoreAnswer({
    title,
    score: 81.4,
    interval: { low: 52.2, high: 96.1, level: 0.8, coverage: 0.79 },
    listeners: { value: 5210, percentile: 77, low: 2710, high: 9480 },
    playsPerListener: { value: 3.42, percentile: 88, low: 2.9, high: 4.01 },
    hook: { start: 65.2, end: 95.2 },
    seconds: 184.4,
  });
const release = (id: number, releaseDate: string, externalId = `s${id}`) => ({ ...forecast('重逢').song, id, externalId, releaseDate });
const labelsOf = (message: Message) => [...JSON.stringify(message).matchAll(/"text":\{"type":"plain_text","text":"([^"]*)"/g)].map(([, label]) => label);
const picture = { fileId: 'F0123456789', alt: 'a'.repeat(3000) };
const LONG = '很長的歌名'.repeat(200);

const words = (message: Message) => JSON.stringify(message);

describe.each(['en', 'zh-TW'] as const)('in %s', (locale) => {
  const text = textFor(locale);
  test.each([
    ['a forecast', forecastMessage(forecast('海邊的錄音機'), text, picture, 'Asia/Taipei')],
    ['a forecast of a song with an endless title', forecastMessage(forecast(LONG), text, picture, 'Asia/Taipei')],
    ['a score', scoreMessage(score('Demo 3'), text, picture)],
    ['a score of a file with an endless name', scoreMessage(score(LONG), text, picture)],
    ['what moved a score', scoreWhyMessage(score(LONG), text, picture)],
    ['choices', choicesMessage(LONG, Array.from({ length: 40 }, (_, id) => ({ ...forecast(LONG).song, id: id + 1 })), { command: 'forecast', origin: 7 }, text)],
    ['no choices', choicesMessage('<!channel>', [], { command: 'forecast' }, text)],
    ['progress', progressMessage(LONG, 'listening', text)],
    ['a problem', problemMessage('what happened', text, 'A1B2C3')],
    ['help', helpMessage(text)],
    ['a record', recordMessage({ origin: 7, summary: UNEXPLAINED.record, drawn: true }, text, picture, 'Asia/Taipei')],
    ['a forecast of a song without a title', forecastMessage(forecast(' '), text, picture, 'Asia/Taipei')],
    ['a score of a file without a name', scoreMessage(score('\u200B'), text, picture)],
  ])('Slack takes %s', (_what, message) => {
    expect(checkBlocks(message.blocks as never, 50, () => true)).toEqual([]);
    expect(words(message).length).toBeLessThan(13_000);
    expect(message.text).not.toBe('');
  });
});

test('a forecast gives its total, interval, checkpoints, data date, window, zone and model', () => {
  const shown = words(forecastMessage(forecast('海邊的錄音機'), textFor('en'), picture, 'Asia/Taipei'));
  for (const part of ['4,940', '3,500–6,400', 'By day 30', '2,540', '8 Oct 2026', 'days 1–60', 'Asia/Taipei', 'szabo-huberman/1', '214']) expect(shown).toContain(part);
});

test('a checkpoint that was counted is not shown as a forecast', () => {
  const shown = words(forecastMessage(forecast('x'), textFor('en'), undefined, 'UTC'));
  expect(shown).toContain('*By day 7*: 700 (counted)');
  expect(shown).toContain('*By day 14*: 1,260 (1,050–1,540)');
});

test('only what was counted day by day is called counted', () => {
  const answer = forecast('x');
  answer.checkpoints[0] = { day: 7, q10: 583.3, q50: 583.3, q90: 583.3, counted: false };
  answer.checkpoints[1] = { day: 14, q10: 900, q50: 900, q90: 900, counted: false };
  const shown = words(forecastMessage(answer, textFor('en'), undefined, 'UTC'));
  expect(shown).toContain('*By day 7*: 583 (counted, gaps estimated)');
  expect(shown).toContain('*By day 14*: 900 (forecast)');
});

test('a score never claims to stand above or below all songs', () => {
  const part = { low: 1, high: 9 };
  const top = { ...score('x'), score: 99.7, interval: { low: 0, high: 100, level: 0.8, coverage: 0.8 }, listeners: { value: 9, percentile: 100, ...part }, playsPerListener: { value: 1, percentile: 0, ...part } };
  const shown = words(scoreMessage(top, textFor('en'), undefined));
  for (const said of ['Score 99 of 100* (80% interval 1–99)', 'above 99% of songs', 'above 1% of songs']) expect(shown).toContain(said);
});

test('a score says whom its percentiles are among, to which day, and how well its interval held', () => {
  const own = { ...score('x'), model: { id: 'crnn/4', demonstration: false, why: null }, reference: { ...score('x').reference, source: 'own catalogue' } };
  const shown = words(scoreMessage(own, textFor('en'), undefined));
  for (const part of ['percentiles among 233 songs of: own catalogue, released 1 Nov 2025–31 Oct 2026', 'data to 31 Oct 2026', 'held for 79%']) expect(shown).toContain(part);
  expect(words(scoreMessage(score('x'), textFor('en'), undefined))).toContain('percentiles among 233 invented songs');
});

test('a score tells its two parts with their intervals, what moved it, the songs like it, loudness, tags and warnings', () => {
  const answer: ScoreAnswer = { ...score('bounce_07'), tags: { title: '海邊的錄音機', isrc: 'TWA452600001' }, warnings: [{ code: 'audio-capped', context: { minutes: 20 } }, { code: 'hook-loudest', context: {} }] };
  const shown = words(scoreMessage(answer, textFor('en'), undefined));
  for (const part of ['5,210 (2,710–9,480)', '3.42 (2.9–4.01)', 'again and again', 'It gains most from', '紙飛機的第 5 次飛行', '−9.3 LUFS', '海邊的錄音機', 'TWA452600001', '20 min']) expect(shown).toContain(part);
  expect(shown.match(/:warning:/g)).toHaveLength(1);
});

test('the songs like a demo are called made up where the demonstration scored, in the score and in what moved it', () => {
  const own = { ...score('x'), model: { id: 'crnn/4', demonstration: false, why: null } };
  for (const message of [scoreMessage, scoreWhyMessage]) {
    for (const said of ['Made-up songs', 'Demonstration']) expect(words(message(score('x'), textFor('en'), undefined))).toContain(said);
    expect(words(message(own, textFor('en'), undefined))).not.toMatch(/Made-up|Demonstration|invented/);
  }
});

test('buttons that would read alike carry the release date, or the id where the dates are alike', () => {
  const again = choicesMessage('重逢', [release(1, '2020-03-01'), release(2, '2026-09-04')], { command: 'forecast' }, textFor('en'));
  expect(labelsOf(again)).toEqual(['重逢 — Harbour Lights · 1 Mar 2020', '重逢 — Harbour Lights · 4 Sept 2026']);
  const sameDay = choicesMessage('重逢', [release(1, '2026-09-04'), release(2, '2026-09-04'), release(3, '', 'x'.repeat(90)), { ...release(4, ''), title: '別的' }], { command: 'forecast' }, textFor('en'));
  expect(labelsOf(sameDay).slice(0, 2)).toEqual(['重逢 — Harbour Lights · s1', '重逢 — Harbour Lights · s2']);
  expect(labelsOf(sameDay)[3]).toBe('別的 — Harbour Lights');
  const long = choicesMessage('x', [1, 2].map((id) => ({ ...release(id, `202${id}-01-01`), title: LONG })), { command: 'forecast' }, textFor('zh-TW'));
  expect(new Set(labelsOf(long)).size).toBe(2);
  for (const label of [...labelsOf(sameDay), ...labelsOf(long)]) expect(label.length).toBeLessThanOrEqual(75);
});

test('days that came true since the origin are told', () => {
  expect(words(forecastMessage(forecast('x', 8), textFor('en'), undefined, 'UTC'))).toContain('800 plays in 8 days');
  expect(words(forecastMessage(forecast('x', 7), textFor('en'), undefined, 'UTC'))).not.toContain('Counted so far');
});

test('/similar says once what it is about', () => {
  const similar = { songs: [{ id: 1, distance: 0, held: 0.4, total: 900, title: 'Tide', artist: 'LUMI' }], separated: [] };
  const shown = words(similarMessage({ ...forecast('x'), similar }, textFor('en'), 'UTC'));
  expect(shown.match(/began like/g)?.length).toBe(2); // the header, and the text of notifications
  expect(shown).toContain('• Tide — LUMI: 900 plays in 60 days; its second month had 40% of its first');
});

test('a record without a picture says when there will be one; the posted forecast has no button for it, the private one has', () => {
  const record = recordMessage({ origin: 7, summary: UNEXPLAINED.record, drawn: false }, textFor('en'), undefined, 'UTC');
  for (const part of ['No forecast made on day 7 has come due yet', 'once 3 forecasts']) expect(words(record)).toContain(part);
  expect(words(forecastMessage(forecast('x'), textFor('en'), undefined, 'UTC'))).toContain('forecast_record');
  expect(words(forecastMessage(forecast('x'), textFor('en'), undefined, 'UTC', true))).not.toContain('forecast_record');
});

test('origin buttons are offered for the days that are known, and carry the song', () => {
  const message = forecastMessage(forecast('x', 16), textFor('en'), undefined, 'UTC');
  const ids = [...words(message).matchAll(/forecast_origin:(\d+)/g)].map(([, origin]) => Number(origin));
  expect(ids).toEqual([3, 14]);
  expect(words(message)).toContain(JSON.stringify(JSON.stringify({ song: 12, origin: 14 })));
});

test('an answer without its picture still has every number', () => {
  const message = scoreMessage(score('Demo 3'), textFor('en'), undefined);
  expect(message.blocks.some(({ type }) => type === 'image')).toBe(false);
  for (const part of ['81', '5,210', '3.42', '1:05', '1:35', '3:04', 'Demonstration']) expect(words(message)).toContain(part);
});

const HOSTILE = '<!channel> *x* & y';
const hostileScore: ScoreAnswer = {
  ...score(HOSTILE),
  tags: { title: HOSTILE, artist: '<@U1>', isrc: HOSTILE },
  warnings: [{ code: 'none-such', context: { name: HOSTILE } }],
  model: { id: HOSTILE, demonstration: false, why: null },
  reference: { ...score(HOSTILE).reference, source: HOSTILE },
  nearest: score(HOSTILE).nearest.map((song) => ({ ...song, title: HOSTILE, artist: '<@U1>' })),
};
const hostileSong = { ...forecast(HOSTILE).song, artist: '<@U1>' };

test.each([
  ['progress', progressMessage(HOSTILE, 'listening', textFor('en'))],
  ['a forecast', forecastMessage({ ...forecast(HOSTILE), song: hostileSong }, textFor('en'), picture, 'UTC')],
  ['a score', scoreMessage(hostileScore, textFor('en'), picture)],
  ['what moved a score', scoreWhyMessage(hostileScore, textFor('en'), picture)],
  ['choices', choicesMessage(HOSTILE, [hostileSong], { command: 'forecast', origin: 7 }, textFor('en'))],
  ['no choices', choicesMessage(HOSTILE, [], { command: 'forecast' }, textFor('en'))],
])('in %s a name can neither mention nor format, in the blocks or in the text of notifications', (_what, { text, blocks }) => {
  const mrkdwn = [...JSON.stringify(blocks).matchAll(/"type":"mrkdwn","text":"((?:[^"\\]|\\.)*)"/g)].map(([, words]) => words);
  for (const words of [text, ...mrkdwn]) expect(words).not.toMatch(/<[!@]| \*x\*/);
});

test('a header is plain text, so what it says is not escaped', () => {
  expect(forecastMessage(forecast('A & <B>'), textFor('en'), undefined, 'UTC').blocks[0]).toMatchObject({ type: 'header', text: { text: 'A & <B> — Harbour Lights' } });
});

test('what has no name is called by its id, or untitled', () => {
  expect(forecastMessage(forecast(' \u200B'), textFor('en'), undefined, 'UTC').blocks[0]).toMatchObject({ text: { text: 's12 — Harbour Lights' } });
  expect(scoreMessage(score(''), textFor('zh-TW'), undefined).blocks[0]).toMatchObject({ text: { text: '未命名錄音' } });
});
