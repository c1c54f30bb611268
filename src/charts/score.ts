import type { Mark } from 'vega';
import type { ScoreAnswer } from '../score/types.ts';
import type { Text } from '../text/catalogue.ts';
import { altText, spokenName } from './alt.ts';
import { clock, estimate, shownPercentile } from './figures.ts';
import { drawable, ellipsis, textWidth } from './glyphs.ts';
import { box, COLOUR, fittingName, frame, HEIGHT, label, line, MARGIN, SIZE, WIDTH } from './theme.ts';
import type { Chart } from './types.ts';

const INNER = WIDTH - 2 * MARGIN;
const BAR = { width: 3, pitch: 4 };
const STRIP = { x: 300, width: 620, first: 388, apart: 62 };
/** Top and height of the waveform; the demonstration model's notice stands above it. */
const waveOf = ({ model }: ScoreAnswer) => (model.demonstration ? { y: 168, height: 106 } : { y: 134, height: 140 });
/** Baseline of the word over the score. */
const LOWER_Y = 366;

/** Widths of the time axis's steps, in seconds: the first that gives at most 9 ticks is taken. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800];

/**
 * A scored demo: its waveform with the hook marked, the score, and each of the two outputs as a place between the lowest and the
 * highest of the reference catalogue.
 * @example scoreChart(answer, textFor('en')).alt // 'Score of “Demo 3”: 78 of 100, …'
 */
export function scoreChart(answer: ScoreAnswer, text: Text): Chart {
  const values = wordValues(answer);
  const titled = (title: string) => text.t('chart.score.title', { ...values, title });
  const words = {
    title: titled(fittingName(drawable(answer.title) || '–', titled)),
    subtitle: text.t('chart.score.subtitle', values),
    source: text.t('chart.score.source', { model: answer.model.id, reference: referenceWords(answer, text) }),
    reference: text.t('chart.score.window'),
  };
  return {
    spec: {
      width: WIDTH,
      height: HEIGHT,
      padding: 0,
      background: COLOUR.paper,
      data: [{ name: 'bars', values: bars(answer) }],
      scales: [
        { name: 'time', type: 'linear', domain: [0, Math.max(answer.seconds, 0.001)], range: [MARGIN, WIDTH - MARGIN] },
        { name: 'percentile', type: 'linear', domain: [0, 100], range: [STRIP.x, STRIP.x + STRIP.width] },
      ],
      marks: [...frame(words), ...(answer.model.demonstration ? caution(text) : []), ...waveform(answer, text), ...headline(answer, text), ...strips(answer, text)],
    },
    alt: spoken(answer, text),
  };
}

/** Which songs the percentiles are among, and the last day of their data where the model's card tells it. */
export function referenceWords({ model, reference: { source, songs, dataDate } }: ScoreAnswer, text: Text): string {
  if (model.demonstration) return text.t('chart.score.reference-demonstration', { songs });
  return dataDate ? text.t('chart.score.reference-dated', { source, songs, date: text.date(dataDate) }) : text.t('chart.score.reference', { source, songs });
}

const wordValues = ({ score, hook, seconds }: ScoreAnswer) => ({
  score: shownPercentile(score),
  start: clock(hook.start),
  end: clock(hook.end),
  length: clock(seconds),
});

/** The loudest value of each bar's stretch, over the loudest of all; a silent recording is a flat line. */
function bars({ waveform: { peaks }, seconds, hook }: ScoreAnswer) {
  const count = Math.floor(INNER / BAR.pitch);
  const loudest = Math.max(0.02, peaks.reduce((most, peak) => Math.max(most, peak), 0));
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * peaks.length) / count);
    const stretch = peaks.subarray(from, Math.max(from + 1, Math.floor(((i + 1) * peaks.length) / count)));
    const at = ((i + 0.5) * seconds) / count;
    return {
      x: MARGIN + i * BAR.pitch,
      height: Math.max(0.015, stretch.reduce((most, peak) => Math.max(most, peak), 0) / loudest),
      hook: at >= hook.start && at <= hook.end,
    };
  });
}

function waveform(answer: ScoreAnswer, text: Text): Mark[] {
  const { hook, seconds } = answer;
  const wave = waveOf(answer);
  const bottom = wave.y + wave.height + 12;
  const xOf = (time: number) => MARGIN + (INNER * Math.min(time, seconds)) / Math.max(seconds, 0.001);
  const [left, right] = [xOf(hook.start), xOf(hook.end)];
  const middle = wave.y + wave.height / 2;
  const words = text.t('chart.score.hook', wordValues(answer));
  const half = textWidth(words, SIZE.label + 1, 700) / 2;
  const center = Math.min(WIDTH - MARGIN - half, Math.max(MARGIN + half, (left + right) / 2));
  const step = STEPS.find((size) => seconds / size <= 9) ?? 3600;
  return [
    box(left, wave.y - 8, right - left, wave.height + 16, { fill: COLOUR.band, name: 'hook' }),
    {
      type: 'rect',
      name: 'waveform',
      from: { data: 'bars' },
      encode: {
        enter: {
          x: { field: 'x' },
          width: { value: BAR.width },
          yc: { value: middle },
          height: { field: 'height', mult: wave.height },
          fill: [{ test: 'datum.hook', value: COLOUR.forecast }, { value: COLOUR.rule }],
        },
      },
    },
    line([left, wave.y - 8], [right, wave.y - 8], { colour: COLOUR.forecast, width: 2.5 }),
    label(center, wave.y - 16, words, { align: 'center', weight: 700, size: SIZE.label + 1, colour: COLOUR.forecast, name: 'hook-times' }),
    ...Array.from({ length: Math.floor(seconds / step) + 1 }, (_, i) => i * step).flatMap((time) => [
      line([xOf(time), bottom], [xOf(time), bottom + 5], { colour: COLOUR.rule }),
      label(xOf(time), bottom + 20, clock(time), { align: time === 0 ? 'left' : xOf(time) > WIDTH - MARGIN - 15 ? 'right' : 'center' }),
    ]),
    line([MARGIN, bottom], [WIDTH - MARGIN, bottom], { colour: COLOUR.rule }),
  ];
}

/** That the numbers come from a fictional catalogue stands above them, not below. */
function caution(text: Text): Mark[] {
  return [
    box(MARGIN, 91, INNER, 28, { fill: COLOUR.caution, stroke: COLOUR.truth, name: 'demonstration' }),
    label(MARGIN + 12, 110, ellipsis(text.t('chart.score.demonstration'), SIZE.label + 1, 700, INNER - 24), { weight: 700, size: SIZE.label + 1, colour: '#8a3800' }),
  ];
}

function headline({ score }: ScoreAnswer, text: Text): Mark[] {
  const figure = text.number(shownPercentile(score));
  return [
    line([MARGIN, LOWER_Y - 28], [WIDTH - MARGIN, LOWER_Y - 28]),
    label(MARGIN, LOWER_Y, text.t('chart.score.score'), { weight: 700, colour: COLOUR.ink }),
    label(MARGIN - 3, LOWER_Y + 64, figure, { size: 68, weight: 700, colour: COLOUR.ink, name: 'score' }),
    label(MARGIN + textWidth(figure, 68, 700) + 4, LOWER_Y + 64, text.t('chart.score.of-hundred'), { size: SIZE.figure }),
    label(MARGIN, LOWER_Y + 92, text.t('chart.score.both')),
  ];
}

function strips(answer: ScoreAnswer, text: Text): Mark[] {
  const { listeners, playsPerListener } = answer;
  const ends = (['lowest', 'middle', 'highest'] as const).map((name, i) =>
    label(place(i * 50), STRIP.first + STRIP.apart + 30, text.t(`chart.score.${name}`), { align: (['left', 'center', 'right'] as const)[i] }),
  );
  return [
    ...strip('listeners', STRIP.first, text.t('chart.score.listeners', { value: estimate(text, listeners.value) }), listeners.percentile, text),
    ...strip('plays', STRIP.first + STRIP.apart, text.t('chart.score.plays', { value: text.number(playsPerListener.value, 2), many: playsPerListener.value }), playsPerListener.percentile, text),
    ...ends,
  ];
}

const place = (percentile: number) => STRIP.x + (STRIP.width * percentile) / 100;

/** A scale from the lowest to the highest song; the middle half is darker, the demo is the pin. */
function strip(name: string, top: number, words: string, percentile: number, text: Text): Mark[] {
  return [
    label(STRIP.x, top - 12, words, { colour: COLOUR.ink, weight: 700, size: 15 }),
    label(STRIP.x + STRIP.width, top - 12, text.t('chart.score.above', { percentile: shownPercentile(percentile) }), { align: 'right', colour: COLOUR.ink }),
    box(place(0), top, STRIP.width, 10, { fill: COLOUR.grid, name: `strip-${name}` }),
    box(place(25), top, STRIP.width / 2, 10, { fill: COLOUR.band }),
    line([place(50), top], [place(50), top + 10], { colour: COLOUR.quiet }),
    { type: 'symbol', name: `pin-${name}`, encode: { enter: { x: { value: place(percentile) }, y: { value: top + 5 }, size: { value: 230 }, fill: { value: COLOUR.forecast }, stroke: { value: COLOUR.paper }, strokeWidth: { value: 2 } } } },
  ];
}

function spoken(answer: ScoreAnswer, text: Text): string {
  const { listeners, playsPerListener, model } = answer;
  return altText(
    [
      text.t('chart.score.alt-finding', { ...wordValues(answer), title: spokenName(answer.title) || text.t('score.untitled') }),
      model.demonstration ? text.t('chart.score.demonstration') : '',
      text.t('chart.score.alt-outputs', {
        listeners: estimate(text, listeners.value),
        listenersAbove: shownPercentile(listeners.percentile),
        plays: text.number(playsPerListener.value, 2),
        playsAbove: shownPercentile(playsPerListener.percentile),
      }),
      text.t('chart.score.alt-source', { model: model.id, reference: referenceWords(answer, text) }),
    ],
    text,
  );
}
