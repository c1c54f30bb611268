import type { Mark } from 'vega';
import type { RecordSummary } from '../forecast/record.ts';
import type { RecordPeriod, RecordPeriods } from '../forecast/record-periods.ts';
import type { Origin } from '../forecast/types.ts';
import type { Text } from '../text/catalogue.ts';
import { shortDate, ticks } from './figures.ts';
import { textWidth } from './glyphs.ts';
import { recordTexts } from './record-words.ts';
import { COLOUR, frame, HEIGHT, label, line, SIZE, WIDTH } from './theme.ts';
import type { Chart } from './types.ts';

/** Fewer forecasts, or a single week of them, make no picture. */
export const FEWEST_FORECASTS = 3;

/** What is drawn: the record over time, of the forecasts made at one origin or at all. */
export type DrawnRecord = RecordPeriods & { origin: Origin | undefined; summary: RecordSummary };

const LEFT = 92;
const ACROSS = 660;
const INSIDE = { y: 130, height: 130 };
const ERROR = { y: 318, height: 108 };
const TARGET = 0.8;
/** The n of each period, and the dates below. */
const COUNTS_Y = 454;
const DATES_Y = 475;

/**
 * How right earlier forecasts were, by the week or month they were made in: the share of days inside the 80 % band beside the 80 % line, and the median error of the
 * total beside Szabo & Huberman's.
 *
 * @returns undefined for fewer than 3 forecasts or a single period: words say as much
 */
export function recordChart(record: DrawnRecord, text: Text): Chart | undefined {
  if (record.summary.n < FEWEST_FORECASTS || record.periods.length < 2) return undefined;
  const words = recordTexts(record, text);
  const { periods } = record;
  return {
    spec: {
      width: WIDTH,
      height: HEIGHT,
      padding: 0,
      background: COLOUR.paper,
      marks: [...frame(words), ...insidePanel(periods, text), ...errorPanel(periods, text), ...periodAxis(record, text)],
    },
    alt: words.alt,
  };
}

const xOf = (at: number, of: number): number => LEFT + (ACROSS * (at + 0.5)) / of;

function insidePanel(periods: readonly RecordPeriod[], text: Text): Mark[] {
  const yOf = (share: number) => INSIDE.y + INSIDE.height * (1 - share);
  return [
    label(LEFT, INSIDE.y - 14, text.t('chart.record.inside'), { weight: 700, colour: COLOUR.ink }),
    ...[0, 0.5, 1].flatMap((share) => gridLine(yOf(share), `${text.number(share * 100)}%`, share === 0)),
    line([LEFT, yOf(TARGET)], [LEFT + ACROSS, yOf(TARGET)], { colour: COLOUR.ink, dash: [2, 3], name: 'target' }),
    label(LEFT + ACROSS + 12, yOf(TARGET), text.t('chart.record.target'), { colour: COLOUR.ink, baseline: 'middle' }),
    ...course('inside', periods.map((period) => (period.days > 0 ? yOf(period.inside) : null)), 'encore'),
  ];
}

function errorPanel(periods: readonly RecordPeriod[], text: Text): Mark[] {
  const heading = label(LEFT, ERROR.y - 14, text.t('chart.record.error'), { weight: 700, colour: COLOUR.ink });
  const base = line([LEFT, ERROR.y + ERROR.height], [LEFT + ACROSS, ERROR.y + ERROR.height], { colour: COLOUR.ink });
  const errors = periods.flatMap(({ totalError, szaboHubermanError }) => [totalError ?? [], szaboHubermanError ?? []].flat());
  if (errors.length === 0) return [heading, base, label(LEFT, ERROR.y + ERROR.height / 2, text.t('chart.record.error-none'))];
  const values = ticks(Math.max(...errors) * 100);
  const top = (values.at(-1) ?? 1) / 100;
  const yOf = (error: number | null) => (error === null ? null : ERROR.y + ERROR.height * (1 - error / top));
  const [own, simple] = [periods.map(({ totalError }) => yOf(totalError)), periods.map(({ szaboHubermanError }) => yOf(szaboHubermanError))];
  const shown = values.filter((_, at) => at % Math.ceil(values.length / 4) === 0);
  return [
    heading,
    ...shown.flatMap((value) => gridLine(ERROR.y + ERROR.height * (1 - value / 100 / top), `${text.number(value)}%`, value === 0)),
    ...course('szabo-huberman', simple, 'simple'),
    ...course('error', own, 'encore'),
    ...endNames(periods, own, simple, text),
  ];
}

const gridLine = (y: number, words: string, zero: boolean): Mark[] => [line([LEFT, y], [LEFT + ACROSS, y], { colour: zero ? COLOUR.ink : COLOUR.grid }), label(LEFT - 10, y, words, { align: 'right', baseline: 'middle' })];

const LOOKS = {
  encore: { colour: COLOUR.forecast, shape: 'circle', fill: COLOUR.forecast, dash: [] as number[] },
  simple: { colour: COLOUR.rule, shape: 'diamond', fill: COLOUR.paper, dash: [4, 3] },
} as const;

/** A point for each period that has a value; the line rests where one has none. */
function course(name: string, ys: readonly (number | null)[], look: keyof typeof LOOKS): Mark[] {
  const { colour, shape, fill, dash } = LOOKS[look];
  const places = ys.map((y, at) => ({ x: xOf(at, ys.length), y }));
  const strokes = places.slice(1).flatMap((to, at) => {
    const from = places[at];
    return from && from.y !== null && to.y !== null ? [line([from.x, from.y], [to.x, to.y], { colour, width: 2, dash: [...dash], name: `${name}-line-${at}` })] : [];
  });
  const points = places.flatMap(({ x, y }, at): Mark[] =>
    y === null ? [] : [{ type: 'symbol', name: `${name}-${at}`, encode: { enter: { x: { value: x }, y: { value: y }, shape: { value: shape }, size: { value: 46 }, fill: { value: fill }, stroke: { value: colour }, strokeWidth: { value: 1.75 } } } }],
  );
  return [...strokes, ...points];
}

/** Each line's name and last value beside its end, pushed apart where they would touch. */
function endNames(periods: readonly RecordPeriod[], own: readonly (number | null)[], simple: readonly (number | null)[], text: Text): Mark[] {
  const last = (ys: readonly (number | null)[]) => ys.findLastIndex((y) => y !== null);
  const ends = [
    { key: 'chart.record.encore', at: last(own), y: own[last(own)], error: periods[last(own)]?.totalError, colour: COLOUR.forecast, weight: 700 },
    { key: 'chart.record.szabo-huberman', at: last(simple), y: simple[last(simple)], error: periods[last(simple)]?.szaboHubermanError, colour: COLOUR.quiet, weight: 400 },
  ] as const;
  let above = ERROR.y - 12;
  return ends
    .flatMap(({ y, error, ...end }) => (y === null || y === undefined || error === null || error === undefined ? [] : [{ ...end, y, error }]))
    .toSorted((a, b) => a.y - b.y)
    .map(({ key, y, error, colour, weight }) => {
      above = Math.max(above + 18, y);
      return label(LEFT + ACROSS + 12, above, text.t(key, { error: Math.round(error * 100) }), { colour, weight, baseline: 'middle' });
    });
}

/** When the forecasts were made and how many there were, as many as fit. */
function periodAxis({ by, periods }: DrawnRecord, text: Text): Mark[] {
  const dates = periods.map(({ from }) => (by === 'week' ? shortDate(text, from) : shortMonth(text, from)));
  const room = ACROSS / periods.length;
  const every = (words: readonly string[], size: number) => Math.max(1, Math.ceil((Math.max(...words.map((each) => textWidth(each, size, 400))) + 10) / room));
  const counts = periods.map(({ n }) => text.number(n));
  const row = (words: readonly string[], y: number, size: number) =>
    words.flatMap((each, at) => (at % every(words, size) === 0 ? [label(xOf(at, periods.length), y, each, { align: 'center', size })] : []));
  return [label(LEFT + ACROSS + 12, COUNTS_Y, text.t('chart.record.n')), ...row(counts, COUNTS_Y, SIZE.label), ...row(dates, DATES_Y, SIZE.source)];
}

function shortMonth(text: Text, day: string): string {
  const format = new Intl.DateTimeFormat(text.locale === 'en' ? 'en-GB' : text.locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`));
}
