import type { Mark } from 'vega';
import type { ScoreAnswer } from '../score/types.ts';
import type { Text } from '../text/catalogue.ts';
import { altText } from './alt.ts';
import { estimate } from './figures.ts';
import { drawable, ellipsis } from './glyphs.ts';
import { spectrogramMarks } from './score-spectrogram.ts';
import { demoName, demonstrationWords, movedWords, nearestHeading, nearestSongWords, referenceWords, scoreValues, strongestParts } from './score-words.ts';
import { box, caution, COLOUR, fittingName, frame, HEIGHT, label, MARGIN, WIDTH } from './theme.ts';
import type { Chart } from './types.ts';

const WORDS = 15;
const SPECTROGRAM = { left: MARGIN, top: 130, width: 570, height: 148 };
const KEY = { left: SPECTROGRAM.left + SPECTROGRAM.width + 16, top: 312 };
const NEAREST = { first: 397, apart: 20, numbers: WIDTH - MARGIN };

/**
 * Why a demo scored so: the spectrogram of the scored part with what raised and what lowered the score, and the songs most like it.
 * @example scoreWhyChart(answer, textFor('en')).alt // 'What moved the score of “Demo 3” (78 of 100), …'
 */
export function scoreWhyChart(answer: ScoreAnswer, text: Text): Chart {
  const values = scoreValues(answer, text);
  const finding = findingOf(answer, text);
  const titled = (title: string) => text.t('chart.score-why.title', { title, finding });
  const words = {
    title: titled(fittingName(drawable(answer.title) || '–', titled)),
    subtitle: text.t('chart.score-why.subtitle', values),
    source: text.t('chart.score.source', { model: answer.model.id, reference: referenceWords(answer, text) }),
    reference: text.t('chart.score-why.method'),
  };
  return {
    spec: {
      width: WIDTH,
      height: HEIGHT,
      padding: 0,
      background: COLOUR.paper,
      marks: [...frame(words), ...(answer.model.demonstration ? caution(demonstrationWords(answer.model, text)) : []), ...spectrogramMarks(answer, SPECTROGRAM, text), ...key(text), ...nearestMarks(answer, text)],
    },
    alt: spoken(answer, text),
  };
}

/** The one part that moved the score most, and which way. */
function findingOf(answer: ScoreAnswer, text: Text): string {
  const { raised, lowered } = strongestParts(answer, text);
  const [most] = [...raised, ...lowered].toSorted((a, b) => Math.abs(b.percent) - Math.abs(a.percent));
  return most ? text.t(most.percent > 0 ? 'chart.score-why.found-raised' : 'chart.score-why.found-lowered', { part: most.name }) : text.t('chart.score-why.unmoved');
}

const key = (text: Text): Mark[] => [
  box(KEY.left, KEY.top - 12, 14, 14, { fill: COLOUR.forecast }),
  label(KEY.left + 22, KEY.top, `+ ${text.t('chart.score-why.raised')}`, { size: WORDS }),
  box(KEY.left, KEY.top + 10, 14, 14, { fill: COLOUR.truth }),
  label(KEY.left + 22, KEY.top + 22, `− ${text.t('chart.score-why.lowered')}`, { size: WORDS }),
  box(KEY.left, KEY.top + 32, 14, 14, { fill: '#666666' }),
  label(KEY.left + 22, KEY.top + 44, text.t('chart.score-why.loud'), { size: WORDS }),
];

function nearestMarks(answer: ScoreAnswer, text: Text): Mark[] {
  const rows = answer.nearest.flatMap(({ title, artist, listeners, playsPerListener }, at) => {
    const y = NEAREST.first + NEAREST.apart * (at + 1);
    const reached = `${estimate(text, listeners)} × ${text.number(playsPerListener, 2)}`;
    const name = [title, artist].map((each) => drawable(each) || '–').join(' — ');
    return [
      label(MARGIN, y, text.number(at + 1), { size: WORDS, weight: 700, colour: COLOUR.forecast }),
      label(MARGIN + 24, y, ellipsis(name, WORDS, 400, 650), { size: WORDS, colour: COLOUR.ink }),
      label(NEAREST.numbers, y, reached, { size: WORDS, align: 'right', colour: COLOUR.ink }),
    ];
  });
  if (rows.length === 0) return [];
  return [
    label(MARGIN, NEAREST.first, nearestHeading(answer, text), { size: WORDS, weight: 700, colour: COLOUR.ink }),
    label(NEAREST.numbers, NEAREST.first, text.t('chart.score-why.nearest-reached'), { size: WORDS, align: 'right' }),
    ...rows,
  ];
}

function spoken(answer: ScoreAnswer, text: Text): string {
  const songs = answer.nearest.map((song) => nearestSongWords(song, text)).join(text.locale === 'en' ? '; ' : '；');
  return altText(
    [
      text.t('chart.score-why.alt', { ...scoreValues(answer, text), title: demoName(answer, text), moved: movedWords(answer, text) }),
      demonstrationWords(answer.model, text),
      songs && text.t('chart.score-why.alt-nearest', { heading: nearestHeading(answer, text), songs }),
    ],
    text,
  );
}
