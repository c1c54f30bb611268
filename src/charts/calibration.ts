import type { Mark } from 'vega';
import type { Backtest, CalibrationRow } from '../forecast/backtest.ts';
import { LEVELS } from '../forecast/types.ts';
import type { Text } from '../text/catalogue.ts';
import { altText } from './alt.ts';
import { textWidth } from './glyphs.ts';
import { box, COLOUR, frame, HEIGHT, label, line, MARGIN, SIZE, WIDTH } from './theme.ts';
import type { Chart } from './types.ts';

const TOP = 168;
const TALL = 270;
/** From the titles and the numbers of the scale to the plot. */
const INDENT = 52;
const QUANTILES = { x: MARGIN + INDENT, width: 470 };
const BANDS = { x: 650, width: WIDTH - MARGIN - 650 };
const COVERED = 0.8;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const BAR = 34;
/** Least distance of two labels of one column. */
const APART = 17;

/** Three quantiles that differ in shape as well as in colour: below the middle, the middle, above it. */
const SYMBOLS = [
  { shape: 'triangle-down', fill: COLOUR.paper, stroke: COLOUR.truth },
  { shape: 'circle', fill: COLOUR.ink, stroke: COLOUR.ink },
  { shape: 'triangle-up', fill: COLOUR.paper, stroke: COLOUR.forecast },
] as const;

const yOf = (share: number) => TOP + TALL * (1 - share);

/**
 * How sure the forecasts were, and how sure they should have been: the share of days at or below each quantile, and inside the 80 % band, by origin, beside what was promised.
 * @example calibrationChart(backtest, textFor('en')).alt // 'Inside the 80% band of default-complete/1 fell …'
 */
export function calibrationChart(backtest: Backtest, text: Text): Chart {
  const { kind, model, songs, dataDate, calibration } = backtest;
  const words = {
    title: titleOf(calibration, text),
    subtitle: text.t('chart.calibration.subtitle', { kind, songs }),
    source: text.t('chart.calibration.source', { date: text.date(dataDate), model, refitted: backtest.refitted ? 'yes' : 'no' }),
    reference: text.t('chart.calibration.days', { days: calibration.reduce((sum, row) => sum + row.days, 0) }),
  };
  return {
    spec: {
      width: WIDTH,
      height: HEIGHT,
      padding: 0,
      background: COLOUR.paper,
      marks: [...frame(words), ...panel(QUANTILES, text.t('chart.calibration.quantiles'), LEVELS, calibration, text), ...quantileKey(text), ...quantiles(calibration, text), ...panel(BANDS, text.t('chart.calibration.bands'), [COVERED], calibration, text), ...bands(calibration, text)],
    },
    alt: spoken(backtest, text),
  };
}

const percent = (share: number) => Math.round(share * 100);

function titleOf(rows: readonly CalibrationRow[], text: Text): string {
  const shares = rows.map((row) => percent(row.coverage));
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  return text.t('chart.calibration.title', { range: least === most ? String(least) : `${least}–${most}` });
}

const middleOf = (place: { x: number; width: number }, at: number, of: number) => place.x + (place.width * (at + 0.5)) / of;

/** Grid, what was promised as dashed lines, and a column for each origin. */
function panel(place: { x: number; width: number }, title: string, promised: readonly number[], rows: readonly CalibrationRow[], text: Text): Mark[] {
  const right = place.x + place.width;
  return [
    label(place.x - INDENT, TOP - 50, title, { weight: 700, colour: COLOUR.ink }),
    ...TICKS.flatMap((share) => [
      line([place.x, yOf(share)], [right, yOf(share)], { colour: share === 0 ? COLOUR.ink : COLOUR.grid }),
      label(place.x - 10, yOf(share), `${percent(share)}%`, { align: 'right', baseline: 'middle' }),
    ]),
    ...promised.map((share) => line([place.x, yOf(share)], [right, yOf(share)], { colour: COLOUR.quiet, width: 1.5, dash: [5, 4], name: `promised-${percent(share)}` })),
    ...rows.map(({ origin }, at) => label(middleOf(place, at, rows.length), TOP + TALL + 22, text.t('chart.calibration.origin', { origin }), { align: 'center', colour: COLOUR.ink })),
  ];
}

function quantileKey(text: Text): Mark[] {
  let left = QUANTILES.x - INDENT;
  return LEVELS.flatMap((level, at) => {
    const words = text.t('chart.calibration.key', { level: percent(level) });
    const start = left;
    left += 20 + textWidth(words, SIZE.label, 400) + 22;
    return [symbol(at, start + 6, TOP - 31), label(start + 18, TOP - 26, words)];
  });
}

function symbol(at: number, x: number, y: number, name?: string): Mark {
  const { shape, fill, stroke } = SYMBOLS[at] as (typeof SYMBOLS)[number];
  return { type: 'symbol', name, encode: { enter: { x: { value: x }, y: { value: y }, shape: { value: shape }, size: { value: 74 }, fill: { value: fill }, stroke: { value: stroke }, strokeWidth: { value: 2 } } } };
}

/** Baselines from the lowest label up, moved apart, none above the plot. */
function apart(wanted: readonly number[]): number[] {
  let under = Infinity;
  const raised = wanted.map((y) => (under = Math.min(under - APART, y)));
  let over = TOP + 5 - APART;
  return raised.toReversed().map((y) => (over = Math.max(over + APART, y))).toReversed();
}

/** Labels stand right of their symbols, pushed apart where they would touch, on paper where a dashed line passes. */
function quantiles(rows: readonly CalibrationRow[], text: Text): Mark[] {
  return rows.flatMap(({ origin, below }, column) => {
    const x = middleOf(QUANTILES, column, rows.length);
    const places = apart(below.map((share) => yOf(share) + 5));
    return below.flatMap((share, at) => {
      const under = places[at] as number;
      const words = text.t('chart.calibration.share', { share: percent(share) });
      return [
        box(x + 11, under - 12, textWidth(words, SIZE.label, 400) + 4, 16, { fill: COLOUR.paper }),
        label(x + 13, under, words, { colour: COLOUR.ink }),
        symbol(at, x, yOf(share), `share-${origin}-${percent(LEVELS[at] as number)}`),
      ];
    });
  });
}

function bands(rows: readonly CalibrationRow[], text: Text): Mark[] {
  const bars = rows.flatMap(({ origin, coverage }, at) => {
    const x = middleOf(BANDS, at, rows.length);
    return [
      box(x - BAR / 2, yOf(coverage), BAR, TALL * coverage, { fill: COLOUR.band, stroke: COLOUR.forecast, name: `inside-${origin}` }),
      label(x, TOP + TALL - 9, text.t('chart.calibration.share', { share: percent(coverage) }), { colour: COLOUR.ink, align: 'center', weight: 700 }),
    ];
  });
  return [...bars, line([BANDS.x, yOf(COVERED)], [BANDS.x + BANDS.width, yOf(COVERED)], { colour: COLOUR.quiet, width: 1.5, dash: [5, 4] })];
}

function spoken({ kind, model, songs, dataDate, calibration }: Backtest, text: Text): string {
  return altText(
    [
      text.t('chart.calibration.alt-finding', { model, songs, kind }),
      ...calibration.map(({ origin, coverage, below }) => text.t('chart.calibration.alt-origin', { origin, inside: percent(coverage), low: percent(below[0] ?? NaN), middle: percent(below[1] ?? NaN), high: percent(below[2] ?? NaN) })),
      text.t('chart.calibration.alt-source', { date: text.date(dataDate) }),
    ],
    text,
  );
}
