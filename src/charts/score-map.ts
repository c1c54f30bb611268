import type { Mark } from 'vega';
import type { Quadrant, ScoreAnswer } from '../score/types.ts';
import type { Text } from '../text/catalogue.ts';
import { textWidth } from './glyphs.ts';
import { box, COLOUR, label, line } from './theme.ts';

export type Place = { left: number; top: number; width: number; height: number };

const WORDS = 14;
/** Space between the outermost value and the edge of the map; above and below it holds the quadrants' names. */
const EDGE = { x: 10, y: 28 };

/**
 * Breadth x repeat: listeners across and plays per listener up, both on log scales. A dot is what a reference song reached, the cross the
 * demo, the box around it both intervals; the lines in the middle part the quadrants.
 * @returns the marks, and the values of their data set `songs`
 */
export function scoreMap(answer: ScoreAnswer, place: Place, text: Text): { marks: Mark[]; points: { x: number; y: number }[] } {
  const { listeners, playsPerListener, reference } = answer;
  const x = logScale([listeners.low, listeners.high, reference.middle[0], ...reference.points.map(([reach]) => reach)], place.left + EDGE.x, place.left + place.width - EDGE.x);
  const y = logScale([playsPerListener.low, playsPerListener.high, reference.middle[1], ...reference.points.map(([, repeat]) => repeat)], place.top + place.height - EDGE.y, place.top + EDGE.y);
  const [cx, cy] = [x.of(listeners.value), y.of(playsPerListener.value)];
  const [left, right, top, bottom] = [x.of(listeners.low), x.of(listeners.high), y.of(playsPerListener.high), y.of(playsPerListener.low)];
  const [middleX, middleY] = [x.of(reference.middle[0]), y.of(reference.middle[1])];
  return {
    points: reference.points.map(([reach, repeat]) => ({ x: x.of(reach), y: y.of(repeat) })),
    marks: [
      box(place.left, place.top, place.width, place.height, { fill: '#f6f7f9', name: 'map' }),
      line([middleX, place.top], [middleX, place.top + place.height], { colour: COLOUR.rule, dash: [3, 3] }),
      line([place.left, middleY], [place.left + place.width, middleY], { colour: COLOUR.rule, dash: [3, 3] }),
      { type: 'symbol', name: 'points', from: { data: 'songs' }, encode: { enter: { x: { field: 'x' }, y: { field: 'y' }, size: { value: 20 }, fill: { value: COLOUR.rule }, fillOpacity: { value: 0.5 } } } },
      box(left, top, right - left, bottom - top, { fill: COLOUR.band, stroke: COLOUR.forecast, opacity: 0.5, name: 'map-interval' }),
      line([cx - 11, cy], [cx + 11, cy], { colour: COLOUR.forecast, width: 4, name: 'map-demo' }),
      line([cx, cy - 11], [cx, cy + 11], { colour: COLOUR.forecast, width: 4 }),
      ...corners(answer.quadrant, place, text),
      label(place.left - 40, place.top - 9, text.t('chart.score.map-y'), { size: WORDS }),
      label(place.left + place.width, place.top + place.height + 34, text.t('chart.score.map-x'), { size: WORDS, align: 'right' }),
      ...x.ticks.map((value) => label(x.of(value), place.top + place.height + 17, text.compact(value), { align: 'center', size: WORDS })),
      ...y.ticks.map((value) => label(place.left - 8, y.of(value), text.number(value, 2), { align: 'right', baseline: 'middle', size: WORDS })),
    ],
  };
}

/** What each quadrant means, on a ground of its own, so that no line crosses it; the demo's in bold. */
function corners(quadrant: Quadrant, { left, top, width, height }: Place, text: Text): Mark[] {
  const places = { repeat: ['left', 'top'], both: ['right', 'top'], neither: ['left', 'bottom'], reach: ['right', 'bottom'] } as const;
  return Object.entries(places).flatMap(([name, [side, end]]) => {
    const own = name === quadrant;
    const words = text.t(`score.quadrant-short.${name as Quadrant}`);
    const across = textWidth(words, WORDS, own ? 700 : 400) + 10;
    const [x, y] = [side === 'left' ? left + 3 : left + width - 3 - across, end === 'top' ? top + 3 : top + height - 23];
    return [
      box(x, y, across, 20, { fill: COLOUR.paper }),
      label(x + 5, y + 15, words, { size: WORDS, weight: own ? 700 : 400, colour: own ? COLOUR.forecast : COLOUR.quiet, name: `corner-${name}` }),
    ];
  });
}

/** A log scale over all values, however alike they are, with two to four round ticks. */
function logScale(values: readonly number[], from: number, to: number): { of(value: number): number; ticks: number[] } {
  const logs = values.map((value) => Math.log(Math.max(value, 1e-3)));
  const [least, most] = [Math.min(...logs), Math.max(...logs)];
  const [low, high] = most - least < 0.2 ? [least - 0.1, most + 0.1] : [least, most];
  const of = (value: number) => from + ((to - from) * (Math.log(Math.max(value, 1e-3)) - low)) / (high - low);
  return { of, ticks: roundTicks(Math.exp(low), Math.exp(high)) };
}

/** Up to four values of the finest of these series that has no more. */
function roundTicks(low: number, high: number): number[] {
  const series = [[1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 4, 5, 6, 8], [1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];
  const candidates = series.map((steps) => Array.from({ length: 14 }, (_, at) => 10 ** (at - 3)).flatMap((decade) => steps.map((step) => Number((step * decade).toPrecision(3)))).filter((value) => value >= low && value <= high));
  const fitting = candidates.find((ticks) => ticks.length <= 4) ?? candidates.at(-1) ?? [];
  return fitting.slice(-4);
}
