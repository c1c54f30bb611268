import type { Mark } from 'vega';
import type { Place, ShootOutAnswer } from '../score/compare-demos.ts';
import type { Text } from '../text/catalogue.ts';
import { estimate, shownPercentile } from './figures.ts';
import { drawable, ellipsis } from './glyphs.ts';
import { demoNames, percentOf, shootOutAlt } from './shoot-out-words.ts';
import { caution, COLOUR, fittingName, frame, HEIGHT, label, line, MARGIN, SIZE, WIDTH } from './theme.ts';
import type { Chart } from './types.ts';

const ROWS = { top: 172, bottom: 462, tallest: 84 };
const NAME = { x: 68, width: 158 };
const PLAYS = { x: 286, width: 236 };
const BRACKET = { x: PLAYS.x + PLAYS.width + 14, width: 112 };
const LISTENERS = { x: 682, width: 170 };
/** The widest that the second name in the title gets. */
const NAMED = 260;
type Panel = typeof PLAYS;

/**
 * Demos against each other, best first: the percentile of each with its 80% interval, by plays (lead single) and by listeners (video). Dots of the leading group are
 * filled; a bracket holds together those that are too close to call by plays.
 * @example shootOutChart(answer, textFor('en')).alt // 'Shoot-out of 3 demos. Lead single: “A” …'
 */
export function shootOutChart(answer: ShootOutAnswer, text: Text): Chart {
  const { standings, shootOut } = answer;
  const names = demoNames(standings, text).map((name) => drawable(name) || '–');
  const pitch = Math.min(ROWS.tallest, (ROWS.bottom - ROWS.top) / standings.length);
  const yOf = (at: number) => ROWS.top + pitch * (at + 0.5);
  const bottom = ROWS.top + pitch * standings.length;
  const rows = standings.flatMap((standing, at) => [
    label(NAME.x - 10, yOf(at), text.number(at + 1), { align: 'right', baseline: 'middle', size: 15 }),
    label(NAME.x, yOf(at), ellipsis(names[at] ?? '', 15, 700, NAME.width), { baseline: 'middle', size: 15, weight: 700, colour: COLOUR.ink, name: `name-${at}` }),
    label(PLAYS.x - 18, yOf(at), text.number(shownPercentile(standing.byPlays.percentile)), { align: 'right', baseline: 'middle', size: SIZE.figure, weight: 700, colour: COLOUR.ink }),
    ...interval(`plays-${at}`, PLAYS, yOf(at), standing.byPlays, leads(shootOut.leadSingle.groups, at)),
    ...interval(`listeners-${at}`, LISTENERS, yOf(at), standing.byListeners, leads(shootOut.video.groups, at)),
    label(WIDTH - MARGIN, yOf(at), estimate(text, standing.listeners), { align: 'right', baseline: 'middle', colour: COLOUR.ink, weight: leads(shootOut.video.groups, at) ? 700 : 400 }),
  ]);
  return {
    spec: {
      width: WIDTH,
      height: HEIGHT,
      padding: 0,
      background: COLOUR.paper,
      marks: [
        ...frame(wordsOf(answer, names, text)),
        ...(answer.model.demonstration ? caution(text.t('shoot-out.demonstration')) : []),
        ...axis(PLAYS, bottom, text.t('chart.shoot-out.plays'), text),
        ...axis(LISTENERS, bottom, text.t('chart.shoot-out.listeners'), text),
        ...rows,
        ...shootOut.leadSingle.groups.flatMap((group) => bracket(group, yOf, text)),
      ],
    },
    alt: shootOutAlt(answer, text),
  };
}

const leads = (groups: readonly number[][], at: number): boolean => groups[0]?.includes(at) ?? false;

function wordsOf({ shootOut: { leadSingle }, model, dataDate }: ShootOutAnswer, names: readonly string[], text: Text) {
  const [best = 0, second = 0] = leadSingle.groups.flat();
  const others = (leadSingle.groups[0]?.length ?? 1) - 1;
  // Two that are named side by side share the line.
  const next = ellipsis(names[second] ?? '', SIZE.title, 700, NAMED);
  const titled = (title: string) => text.t('chart.shoot-out.title', { result: others > 0 ? 'close' : 'clear', title, next, others, chance: percentOf(leadSingle.beats[best]?.[second]) });
  return {
    title: titled(fittingName(names[best] ?? '', titled)),
    subtitle: text.t('chart.shoot-out.subtitle'),
    source: text.t('chart.shoot-out.source', { model: model.id, date: text.date(dataDate) }),
    reference: text.t('chart.score.window'),
  };
}

const xOf = ({ x, width }: Panel, percentile: number): number => x + (width * percentile) / 100;

/** The percentile as a dot on its interval; the dot is filled in the leading group. */
function interval(name: string, panel: Panel, y: number, { percentile, low, high }: Place, leading: boolean): Mark[] {
  const [left, right] = [xOf(panel, low), xOf(panel, high)];
  const colour = leading ? COLOUR.forecast : COLOUR.quiet;
  return [
    line([panel.x, y], [panel.x + panel.width, y]),
    line([left, y], [right, y], { colour, width: 3, name: `interval-${name}` }),
    ...[left, right].map((x) => line([x, y - 5], [x, y + 5], { colour, width: 2 })),
    { type: 'symbol', name: `dot-${name}`, encode: { enter: { x: { value: xOf(panel, percentile) }, y: { value: y }, size: { value: 130 }, fill: { value: leading ? colour : COLOUR.paper }, stroke: { value: colour }, strokeWidth: { value: 2.5 } } } },
  ];
}

function axis(panel: Panel, bottom: number, words: string, text: Text): Mark[] {
  const ends = (['lowest', 'highest'] as const).map((end, at) => label(xOf(panel, at * 100), bottom + 20, text.t(`chart.shoot-out.${end}`), { align: at === 0 ? 'left' : 'right' }));
  return [
    label(panel.x, ROWS.top - 14, words, { weight: 700, colour: COLOUR.ink, size: SIZE.label + 1 }),
    ...[0, 50, 100].map((percentile) => line([xOf(panel, percentile), ROWS.top - 4], [xOf(panel, percentile), bottom + 4], { colour: percentile === 50 ? COLOUR.rule : COLOUR.grid, dash: percentile === 50 ? [2, 3] : [] })),
    ...ends,
  ];
}

/** Holds a group of two and more together, and says what that means. */
function bracket(group: readonly number[], yOf: (at: number) => number, text: Text): Mark[] {
  const [first = 0, last = first] = [group[0], group.at(-1)];
  if (group.length < 2) return [];
  const [top, bottom] = [yOf(first) - 8, yOf(last) + 8];
  return [
    line([BRACKET.x, top], [BRACKET.x, bottom], { colour: COLOUR.ink, width: 1.5, name: `group-${first}` }),
    ...[top, bottom].map((y) => line([BRACKET.x - 5, y], [BRACKET.x, y], { colour: COLOUR.ink, width: 1.5 })),
    label(BRACKET.x + 8, (top + bottom) / 2, ellipsis(text.t('chart.shoot-out.close'), SIZE.label, 400, BRACKET.width), { colour: COLOUR.ink, baseline: 'middle' }),
  ];
}
