import { describe, expect, test } from 'vitest';
import { checkBlocks } from '../../src/console/block-check.ts';
import type { ForecastAnswer } from '../../src/forecast/types.ts';
import type { ScoreAnswer } from '../../src/score/types.ts';
import { choicesMessage } from '../../src/slack/messages/choices.ts';
import { forecastMessage } from '../../src/slack/messages/forecast.ts';
import type { Message } from '../../src/slack/messages/message.ts';
import { scoreMessage } from '../../src/slack/messages/score.ts';
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
    { day: 7, q10: 700, q50: 700, q90: 700 },
    { day: 14, q10: 1050, q50: 1260, q90: 1540 },
    { day: 30, q10: 1900, q50: 2540, q90: 3300 },
    { day: 60, q10: 3500, q50: 4940, q90: 6400 },
  ],
  total: { q10: 3500, q50: 4940, q90: 6400 },
  model: { id: 'szabo-huberman/1', fittedOn: 214 },
});
const score = (title: string): ScoreAnswer => ({
  demoId: null,
  title,
  score: 81.4,
  listeners: { value: 5210, percentile: 77 },
  playsPerListener: { value: 3.42, percentile: 88 },
  hook: { start: 65.2, end: 95.2 },
  seconds: 184.4,
  waveform: { peaks: new Float32Array(600), seconds: 184.4 },
  warnings: [],
  model: { id: 'demo-1', demonstration: true },
});
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
    ['choices', choicesMessage(LONG, Array.from({ length: 40 }, (_, id) => ({ ...forecast(LONG).song, id: id + 1 })), 7, text)],
    ['no choices', choicesMessage('<!channel>', [], undefined, text)],
    ['progress', progressMessage(LONG, 'listening', text)],
    ['a problem', problemMessage('what happened', 'A1B2C3', text)],
    ['help', helpMessage(text)],
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
  expect(shown).toContain('*By day 7*: 700, counted');
});

test('days that came true since the origin are told', () => {
  expect(words(forecastMessage(forecast('x', 8), textFor('en'), undefined, 'UTC'))).toContain('800 plays in 8 days');
  expect(words(forecastMessage(forecast('x', 7), textFor('en'), undefined, 'UTC'))).not.toContain('What came true');
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
  for (const part of ['81', '5,210', '3.42', '1:05', '1:35', '3:04', 'Demonstration model']) expect(words(message)).toContain(part);
});

test('a title can neither mention a channel nor format the message', () => {
  expect(words(progressMessage('<!channel> *x*', 'listening', textFor('en')))).not.toContain('<!channel>');
});
