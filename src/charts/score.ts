import type { Mark } from 'vega';
import type { Predicted, ScoreAnswer } from '../score/types.ts';
import type { Text } from '../text/catalogue.ts';
import { altText } from './alt.ts';
import { estimate, shownPercentile } from './figures.ts';
import { drawable, textWidth } from './glyphs.ts';
import { scoreMap } from './score-map.ts';
import { waveformBars, waveformMarks } from './score-waveform.ts';
import { demonstrationWords, demoName, hookWords, listenersRange, lufsWords, playsRange, referenceWords, scoreValues } from './score-words.ts';
import { box, caution, COLOUR, fittingName, frame, HEIGHT, label, line, MARGIN, SIZE, WIDTH } from './theme.ts';
import type { Chart } from './types.ts';

/** Words below the waveform: large enough for a picture the width of a phone. */
const WORDS = 16;
const STRIP = { left: MARGIN, top: 362, width: 380 };
const MAP = { left: 508, top: 306, width: WIDTH - MARGIN - 508, height: 160 };
const DIVIDER_Y = 262;

/**
 * A scored demo: its waveform with the scored part marked, the score with its interval between the lowest and the highest of the
 * reference songs, its two parts, and both at once on the map of reach and repeat.
 * @example scoreChart(answer, textFor('en')).alt // 'Score of “Demo 3”: 78 of 100 (80% interval 45–94), …'
 */
export function scoreChart(answer: ScoreAnswer, text: Text): Chart {
  const titled = (title: string) => text.t('chart.score.title', { ...scoreValues(answer, text), title });
  const words = {
    title: titled(fittingName(drawable(answer.title) || '–', titled)),
    subtitle: subtitleOf(answer, text),
    source: text.t('chart.score.source', { model: answer.model.id, reference: referenceWords(answer, text) }),
    reference: text.t('chart.score.window'),
  };
  const map = scoreMap(answer, MAP, text);
  return {
    spec: {
      width: WIDTH,
      height: HEIGHT,
      padding: 0,
      background: COLOUR.paper,
      data: [
        { name: 'bars', values: waveformBars(answer) },
        { name: 'songs', values: map.points },
      ],
      marks: [
        ...frame(words),
        ...(answer.model.demonstration ? caution(demonstrationWords(answer.model, text)) : []),
        ...waveformMarks(answer, answer.model.demonstration ? { top: 158, height: 56 } : { top: 124, height: 90 }, text),
        line([MARGIN, DIVIDER_Y], [WIDTH - MARGIN, DIVIDER_Y]),
        ...headline(answer, text),
        ...strip(answer, text),
        ...parts(answer, text),
        label(WIDTH - MARGIN, 281, text.t('chart.score.map', { level: scoreValues(answer, text).level }), { size: WORDS - 2, align: 'right', colour: COLOUR.ink }),
        ...map.marks,
      ],
    },
    alt: spoken(answer, text),
  };
}

function subtitleOf(answer: ScoreAnswer, text: Text): string {
  const { lufs } = answer.level;
  const level = lufs === null ? '' : text.t('chart.score.level', { lufs: lufsWords(lufs, text) });
  return text.t(answer.hookBy === 'whole' || answer.hookBy === 'user' ? `chart.score.subtitle-${answer.hookBy}` : 'chart.score.subtitle', { ...scoreValues(answer, text), level });
}

function headline(answer: ScoreAnswer, text: Text): Mark[] {
  const { score, low, high, level } = scoreValues(answer, text);
  const figure = text.number(score);
  const after = MARGIN + textWidth(figure, 68, 700) + 6;
  return [
    label(MARGIN, 288, text.t('chart.score.score'), { weight: 700, size: WORDS, colour: COLOUR.ink }),
    label(MARGIN - 3, 346, figure, { size: 68, weight: 700, colour: COLOUR.ink, name: 'score' }),
    label(after, 346, text.t('chart.score.of-hundred'), { size: SIZE.figure }),
    label(STRIP.left + STRIP.width, 320, text.t('chart.score.interval', { level }), { size: WORDS, align: 'right' }),
    label(STRIP.left + STRIP.width, 346, `${text.number(low)}–${text.number(high)}`, { size: 26, weight: 700, colour: COLOUR.ink, align: 'right', name: 'interval' }),
  ];
}

/** A scale from the lowest to the highest song: the interval is the band, the demo the pin. */
function strip({ score, interval }: ScoreAnswer, text: Text): Mark[] {
  const place = (percentile: number) => STRIP.left + (STRIP.width * percentile) / 100;
  const ends = (['lowest', 'middle', 'highest'] as const).map((name, i) => label(place(i * 50), STRIP.top + 32, text.t(`chart.score.${name}`), { size: WORDS - 2, align: (['left', 'center', 'right'] as const)[i] }));
  return [
    box(place(0), STRIP.top, STRIP.width, 13, { fill: COLOUR.grid, name: 'strip' }),
    box(place(interval.low), STRIP.top, place(interval.high) - place(interval.low), 13, { fill: COLOUR.band, stroke: COLOUR.forecast, name: 'strip-interval' }),
    line([place(50), STRIP.top], [place(50), STRIP.top + 13], { colour: COLOUR.quiet }),
    { type: 'symbol', name: 'pin', encode: { enter: { x: { value: place(score) }, y: { value: STRIP.top + 6.5 }, size: { value: 300 }, fill: { value: COLOUR.forecast }, stroke: { value: COLOUR.paper }, strokeWidth: { value: 2 } } } },
    ...ends,
  ];
}

/** Reach and repeat, each with its interval. */
function parts({ listeners, playsPerListener }: ScoreAnswer, text: Text): Mark[] {
  const part = (y: number, words: string, range: string, { percentile }: Predicted) => [
    label(MARGIN, y, words, { size: SIZE.figure, weight: 700, colour: COLOUR.ink }),
    label(MARGIN, y + 20, text.t('chart.score.part', { range, percentile: shownPercentile(percentile) }), { size: WORDS - 1 }),
  ];
  return [
    ...part(427, text.t('chart.score.listeners', { value: estimate(text, listeners.value) }), listenersRange(listeners, text), listeners),
    ...part(473, text.t('chart.score.plays', { value: text.number(playsPerListener.value, 2), many: playsPerListener.value }), playsRange(playsPerListener, text), playsPerListener),
  ];
}

function spoken(answer: ScoreAnswer, text: Text): string {
  const { listeners, playsPerListener, model } = answer;
  return altText(
    [
      text.t('chart.score.alt-finding', { ...scoreValues(answer, text), title: demoName(answer, text) }),
      demonstrationWords(model, text),
      text.t('chart.score.alt-outputs', {
        listeners: estimate(text, listeners.value),
        listenersRange: listenersRange(listeners, text),
        listenersAbove: shownPercentile(listeners.percentile),
        plays: text.number(playsPerListener.value, 2),
        playsRange: playsRange(playsPerListener, text),
        playsAbove: shownPercentile(playsPerListener.percentile),
      }),
      hookWords(answer, text),
      text.t('chart.score.alt-source', { model: model.id, reference: referenceWords(answer, text) }),
    ],
    text,
  );
}
