import type { Mark, Spec } from 'vega';
import { CHART_DAYS, TRAJECTORY_DAYS, type ForecastAnswer, type TrajectoryDay } from '../forecast/types.ts';
import type { Text } from '../text/catalogue.ts';
import { leftAfterExit } from './explain-words.ts';
import { count, estimate, shortDate, span, tickLabels, ticks } from './figures.ts';
import { checkpointWords, countedBy, forecastWords } from './forecast-words.ts';
import { textWidth } from './glyphs.ts';
import { box, COLOUR, frame, HEIGHT, label, line, MARGIN, SIZE, WIDTH } from './theme.ts';
import type { Chart } from './types.ts';

/** The plot, and the row of totals under it. */
const PLOT = { x: 92, y: 146, width: 718, height: 234 };
const TOTALS_Y = 448;
const KEY_Y = 105;
const KEY_SYMBOL = 32;

const DAY_TICKS = [1, 7, 14, 21, 30, 45, 60];

/** Middle of a day on the x axis; release day is day 1 in words, 0 in data. */
const xOf = (day: number) => (PLOT.width * (day + 0.5)) / TRAJECTORY_DAYS;

/**
 * A song's days counted and forecast: daily plays with the 80 % band, what came true since, and the totals by days 7, 14, 30 and 60.
 * @example forecastChart(answer, textFor('en')).alt // 'Forecast for “晴天” by …'
 */
export function forecastChart(answer: ForecastAnswer, text: Text): Chart {
  const words = forecastWords(answer, text);
  const yTicks = ticks(Math.max(...answer.days.map((day) => day.q90), ...answer.known.map((day) => day.plays ?? day.floor ?? 0)));
  const top = yTicks.at(-1) ?? 1;
  const yOf = (plays: number) => PLOT.height * (1 - plays / top);
  const spec: Spec = {
    width: WIDTH,
    height: HEIGHT,
    padding: 0,
    background: COLOUR.paper,
    data: dataSets(answer),
    scales: [
      { name: 'day', type: 'linear', domain: [-0.5, TRAJECTORY_DAYS - 0.5], range: [0, PLOT.width] },
      { name: 'plays', type: 'linear', domain: [0, top], range: [PLOT.height, 0] },
    ],
    marks: [
      ...frame(words),
      ...key(answer, text),
      {
        type: 'group',
        name: 'plot',
        encode: { enter: { x: { value: PLOT.x }, y: { value: PLOT.y }, width: { value: PLOT.width }, height: { value: PLOT.height } } },
        marks: [...grid(yTicks, yOf, text), ...dayAxis(answer, text), ...events(answer, text), ...forecastMarks(), ...(answer.chartExit ? restMarks() : []), ...countedMarks(), ...endLabels(answer, text, yOf)],
      },
      ...totals(answer, text),
    ],
  };
  return { spec, alt: words.alt };
}

const isCensored = (day: TrajectoryDay) => day.plays === null && day.floor !== null;

function dataSets({ known, days, origin, chartExit }: ForecastAnswer): Spec['data'] {
  const counted = known.filter((day) => day.plays !== null);
  const rest = (chartExit?.rest ?? []).map((plays, step) => ({ day: origin + step, plays }));
  return [
    { name: 'known', values: known.filter((day) => day.day < origin).map(({ day, plays }) => ({ day, plays: plays ?? 0, counted: plays !== null })) },
    { name: 'points', values: counted.filter((day) => day.day < origin).map(({ day, plays }) => ({ day, plays })) },
    { name: 'since', values: counted.filter((day) => day.day >= origin).map(({ day, plays }) => ({ day, plays })) },
    { name: 'censored', values: known.filter(isCensored).map(({ day, floor }) => ({ day, floor })) },
    { name: 'forecast', values: days.map(({ day, q10, q50, q90 }) => ({ day, q10, q50, q90 })) },
    { name: 'rest', values: rest },
    { name: 'left', values: rest.filter(({ day }) => day === CHART_DAYS) },
  ];
}

function grid(values: number[], yOf: (plays: number) => number, text: Text): Mark[] {
  const labels = tickLabels(text, values);
  return values.flatMap((value, i) => [
    line([0, yOf(value)], [PLOT.width, yOf(value)], { colour: value === 0 ? COLOUR.ink : COLOUR.grid, name: value === 0 ? 'zero' : undefined }),
    label(-10, yOf(value), labels[i] ?? '', { align: 'right', baseline: 'middle' }),
  ]);
}

/** Days since release, with their dates below. */
function dayAxis({ song }: ForecastAnswer, text: Text): Mark[] {
  const dateOf = (day: number) => new Date(Date.parse(`${song.releaseDate}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10);
  return DAY_TICKS.flatMap((number) => {
    const x = xOf(number - 1);
    return [
      line([x, PLOT.height], [x, PLOT.height + 5], { colour: COLOUR.ink }),
      label(x, PLOT.height + 21, number === 1 ? text.t('chart.day', { day: 1 }) : text.number(number), { align: 'center', colour: COLOUR.ink }),
      label(x, PLOT.height + 38, shortDate(text, dateOf(number - 1)), { align: 'center', size: SIZE.source }),
    ];
  });
}

/** Two moments: where the forecast begins, and day 30, when a song that has plays from the new-song chart leaves it; at origin 30 they are one. */
function events(answer: ForecastAnswer, text: Text): Mark[] {
  const begin = xOf(answer.origin - 0.5);
  const leave = xOf(CHART_DAYS - 0.5);
  const together = answer.origin === CHART_DAYS;
  const left = leftAfterExit(answer);
  const [alone, both] = left === undefined ? (['chart.forecast.day-30', 'chart.forecast.day-30-and-origin'] as const) : (['chart.forecast.chart-exit', 'chart.forecast.exit-and-origin'] as const);
  const exit = text.t(together ? both : alone, { day: CHART_DAYS, left: estimate(text, left ?? 0) });
  return [
    line([leave, -20], [leave, PLOT.height], { colour: COLOUR.rule, dash: [2, 3], name: 'chart-exit' }),
    label(leave + 7, -11, exit, { colour: together ? COLOUR.ink : COLOUR.quiet }),
    line([begin, -20], [begin, PLOT.height], { colour: COLOUR.ink, name: 'origin' }),
    ...(together ? [] : [label(begin + 7, -11, text.t('chart.forecast.origin', { day: answer.origin + 1 }), { colour: COLOUR.ink })]),
  ];
}

const x = { scale: 'day', field: 'day' } as const;
const y = (field: string) => ({ scale: 'plays', field }) as const;

function forecastMarks(): Mark[] {
  return [
    { type: 'area', name: 'band', from: { data: 'forecast' }, encode: { enter: { x, y: y('q90'), y2: y('q10'), fill: { value: COLOUR.band }, fillOpacity: { value: 0.75 } } } },
    ...['q10', 'q90'].map((edge): Mark => ({ type: 'line', from: { data: 'forecast' }, encode: { enter: { x, y: y(edge), stroke: { value: COLOUR.forecast }, strokeWidth: { value: 0.75 }, strokeOpacity: { value: 0.55 } } } })),
    { type: 'line', name: 'median', from: { data: 'forecast' }, encode: { enter: { x, y: y('q50'), stroke: { value: COLOUR.forecast }, strokeWidth: { value: 2.5 } } } },
  ];
}

const REST_DASH = [5, 3];

/** What is left of the median without the chart, with a square on the first day off it. */
const restMarks = (): Mark[] => [
  { type: 'line', name: 'rest', from: { data: 'rest' }, encode: { enter: { x, y: y('plays'), stroke: { value: COLOUR.rest }, strokeWidth: { value: 2 }, strokeDash: { value: REST_DASH } } } },
  symbols('left', y('plays')),
];

function countedMarks(): Mark[] {
  return [
    { type: 'line', name: 'known', from: { data: 'known' }, encode: { enter: { x, y: y('plays'), defined: { field: 'counted' }, stroke: { value: COLOUR.ink }, strokeWidth: { value: 2 } } } },
    symbols('points', y('plays')),
    symbols('since', y('plays')),
    { type: 'rule', from: { data: 'censored' }, encode: { enter: { x, y: y('floor'), y2: { scale: 'plays', value: 0 }, stroke: { value: COLOUR.rule }, strokeDash: { value: [2, 2] } } } },
    symbols('censored', y('floor')),
  ];
}

/** Marks that differ in shape and in fill as well as in colour. */
const SYMBOLS = {
  points: { shape: 'circle', size: 34, fill: COLOUR.ink, stroke: COLOUR.ink },
  since: { shape: 'diamond', size: 58, fill: COLOUR.paper, stroke: COLOUR.truth },
  left: { shape: 'square', size: 84, fill: COLOUR.paper, stroke: COLOUR.rest },
  censored: { shape: 'triangle-down', size: 46, fill: COLOUR.paper, stroke: COLOUR.quiet },
} as const;

function symbols(name: keyof typeof SYMBOLS, place: ReturnType<typeof y>): Mark {
  return { type: 'symbol', name, from: { data: name }, encode: { enter: { x, y: place, ...look(name) } } };
}

function look(name: keyof typeof SYMBOLS) {
  const { shape, size, fill, stroke } = SYMBOLS[name];
  return { shape: { value: shape }, size: { value: size }, fill: { value: fill }, stroke: { value: stroke }, strokeWidth: { value: name === 'points' ? 0 : 1.75 } };
}

/** What each mark means, for the marks that are there; many of them stand closer together. */
function key(answer: ForecastAnswer, text: Text): Mark[] {
  const since = answer.known.some((day) => day.day >= answer.origin && day.plays !== null);
  const names = ['points', ...(since ? ['since'] : []), ...(answer.known.some(isCensored) ? ['censored'] : []), 'median', 'band', ...(answer.chartExit ? ['rest'] : [])] as const;
  const words = names.map((name) => text.t(`chart.forecast.key-${name as 'points'}`));
  const widths = words.map((each) => KEY_SYMBOL + textWidth(each, SIZE.label, 400));
  const room = (WIDTH - 2 * MARGIN - widths.reduce((sum, width) => sum + width, 0)) / Math.max(1, names.length - 1);
  let left = MARGIN;
  return names.flatMap((name, i) => {
    const at = left;
    left += (widths[i] ?? 0) + Math.min(24, room);
    return [...keySymbol(name as 'points', at), label(at + KEY_SYMBOL, KEY_Y, words[i] ?? '')];
  });
}

function keySymbol(name: keyof typeof SYMBOLS | 'median' | 'band' | 'rest', left: number): Mark[] {
  const middle = KEY_Y - 4.5;
  if (name === 'band') return [box(left, middle - 6, 26, 12, { fill: COLOUR.band, stroke: COLOUR.forecast })];
  if (name === 'rest') return [line([left, middle], [left + 26, middle], { colour: COLOUR.rest, width: 2, dash: REST_DASH })];
  if (name === 'median') return [line([left, middle], [left + 26, middle], { colour: COLOUR.forecast, width: 2.5 })];
  const symbol: Mark = { type: 'symbol', encode: { enter: { x: { value: left + 13 }, y: { value: middle }, ...look(name) } } };
  return name === 'points' ? [line([left, middle], [left + 26, middle], { colour: COLOUR.ink, width: 2 }), symbol] : [symbol];
}

/** The last day's three numbers beside the end of the band, pushed apart where they would touch. */
function endLabels({ days }: ForecastAnswer, text: Text, yOf: (plays: number) => number): Mark[] {
  const last = days.at(-1);
  if (!last) return [];
  const flat = span(text, last.q10, last.q90) === estimate(text, last.q50);
  const names = flat ? (['q50'] as const) : (['q10', 'q50', 'q90'] as const);
  const left = PLOT.width + 12;
  let below = PLOT.height + 22;
  const labels = names.map((name) => {
    below = Math.min(below - 19, yOf(last[name]) + 5);
    const words = text.t(`chart.forecast.end-${name}`, { plays: estimate(text, last[name]) });
    return label(left, below, words, { colour: COLOUR.forecast, weight: name === 'q50' ? 700 : 400, size: name === 'q50' ? 15 : SIZE.label });
  });
  return [...labels, label(left, below - 20, text.t('chart.forecast.end', { day: TRAJECTORY_DAYS }))];
}

/** Total plays by each checkpoint: a row of four, with its range where it is forecast and with what has come true since. */
function totals(answer: ForecastAnswer, text: Text): Mark[] {
  const column = (WIDTH - 2 * MARGIN) / (answer.checkpoints.length + 1);
  const columns = answer.checkpoints.flatMap((checkpoint, i) => {
    const left = MARGIN + column * (i + 1) - 40;
    const { day } = checkpoint;
    const { plays, note } = checkpointWords(checkpoint, answer.origin, text);
    const byDay = text.t('chart.forecast.by-day', { day });
    return [
      label(left, TOTALS_Y, byDay, { name: `by-day-${day}` }),
      ...cameTrue(answer, day, left + textWidth(byDay, SIZE.label, 400), text),
      label(left, TOTALS_Y + 23, plays, { size: SIZE.figure, weight: 700, colour: COLOUR.ink }),
      label(left, TOTALS_Y + 42, note, { name: `note-${day}` }),
    ];
  });
  const ruler = line([MARGIN, TOTALS_Y - 20], [WIDTH - MARGIN, TOTALS_Y - 20]);
  return [ruler, label(MARGIN, TOTALS_Y, text.t('chart.forecast.totals'), { weight: 700, colour: COLOUR.ink }), ...columns];
}

/** The diamond and the count, once every day up to a forecast checkpoint has been counted. */
function cameTrue(answer: ForecastAnswer, day: number, left: number, text: Text): Mark[] {
  const counted = day > answer.origin ? countedBy(answer, day) : null;
  if (counted === null) return [];
  return [
    { type: 'symbol', name: `came-true-${day}`, encode: { enter: { x: { value: left + 16 }, y: { value: TOTALS_Y - 4.5 }, ...look('since') } } },
    label(left + 26, TOTALS_Y, count(text, counted), { colour: COLOUR.truth }),
  ];
}
