import type { Mark } from 'vega';
import type { Weight } from './font-file.ts';
import { ellipsis, textWidth } from './glyphs.ts';

/** Size of every chart, 16:9; a picture has twice as many pixels. */
export const WIDTH = 960;
export const HEIGHT = 540;

/** Space between the edge of the picture and anything drawn. */
export const MARGIN = 40;

/** Okabe and Ito's colours, which the common colour blindnesses keep apart; meaning never rests on colour alone. */
export const COLOUR = {
  ink: '#1b2330',
  quiet: '#596273',
  rule: '#8a93a3',
  grid: '#e4e7ec',
  paper: '#ffffff',
  forecast: '#0068a8',
  band: '#c9e0f0',
  truth: '#c24e00',
  rest: '#006b4f',
  caution: '#fff3e6',
} as const;

/** Type sizes: finding, what is shown, figures, labels, source. */
export const SIZE = { title: 26, longTitle: 21, subtitle: 16, figure: 18, label: 13, source: 12 } as const;

export type Style = {
  size?: number;
  weight?: Weight;
  colour?: string;
  align?: 'left' | 'center' | 'right';
  baseline?: 'alphabetic' | 'middle' | 'top';
  name?: string;
};

/** One line of text at a fixed place. */
export function label(x: number, y: number, text: string, style: Style = {}): Mark {
  return {
    type: 'text',
    name: style.name,
    encode: {
      enter: {
        x: { value: x },
        y: { value: y },
        text: { value: text },
        fontSize: { value: style.size ?? SIZE.label },
        fontWeight: { value: style.weight ?? 400 },
        fill: { value: style.colour ?? COLOUR.quiet },
        align: { value: style.align ?? 'left' },
        baseline: { value: style.baseline ?? 'alphabetic' },
      },
    },
  };
}

/** A straight line between two places. */
export function line(from: [number, number], to: [number, number], style: { colour?: string; width?: number; dash?: number[]; name?: string } = {}): Mark {
  return {
    type: 'rule',
    name: style.name,
    encode: {
      enter: {
        x: { value: from[0] },
        y: { value: from[1] },
        x2: { value: to[0] },
        y2: { value: to[1] },
        stroke: { value: style.colour ?? COLOUR.grid },
        strokeWidth: { value: style.width ?? 1 },
        strokeDash: { value: style.dash ?? [] },
      },
    },
  };
}

/** Long findings are set smaller before their song's name is shortened. */
const titleSize = (title: string): number => (textWidth(title, SIZE.title, 700) <= WIDTH - 2 * MARGIN ? SIZE.title : SIZE.longTitle);

/** A name, shortened so that the finding it stands in keeps to its line. */
export function fittingName(name: string, finding: (name: string) => string): string {
  const size = titleSize(finding(name));
  return ellipsis(name, size, 700, WIDTH - 2 * MARGIN - textWidth(finding(''), size, 700));
}

/** A filled rectangle; `stroke` outlines it, `opacity` is the fill's. */
export function box(left: number, top: number, width: number, height: number, style: { fill: string; stroke?: string; opacity?: number; name?: string }): Mark {
  const place = { x: { value: left }, y: { value: top }, width: { value: width }, height: { value: height } };
  return { type: 'rect', name: style.name, encode: { enter: { ...place, fill: { value: style.fill }, fillOpacity: { value: style.opacity ?? 1 }, ...(style.stroke ? { stroke: { value: style.stroke } } : {}) } } };
}

/** Words that stand above the numbers of a demonstration, not below. */
export const caution = (words: string): Mark[] => [
  box(MARGIN, 91, WIDTH - 2 * MARGIN, 28, { fill: COLOUR.caution, stroke: COLOUR.truth, name: 'demonstration' }),
  label(MARGIN + 12, 110, ellipsis(words, SIZE.label + 1, 700, WIDTH - 2 * MARGIN - 24), { weight: 700, size: SIZE.label + 1, colour: '#8a3800' }),
];

/** The finding, what is shown, and the source line: the same on every chart. */
export function frame(words: { title: string; subtitle: string; source: string; reference: string }): Mark[] {
  const inner = WIDTH - 2 * MARGIN;
  const size = titleSize(words.title);
  const reference = ellipsis(words.reference, SIZE.source, 400, 180);
  const hang = /^[〈《「『（【]/.test(words.title) ? size / 2 : 0;
  return [
    box(MARGIN, 0, 44, 7, { fill: COLOUR.forecast }),
    label(MARGIN - hang, 48, words.title, { size, weight: 700, colour: COLOUR.ink, name: 'title' }),
    label(MARGIN, 75, ellipsis(words.subtitle, SIZE.subtitle, 400, inner), { size: SIZE.subtitle, name: 'subtitle' }),
    label(MARGIN, HEIGHT - 18, ellipsis(words.source, SIZE.source, 400, inner - textWidth(reference, SIZE.source, 400) - 24), { size: SIZE.source, name: 'source' }),
    ...(reference ? [label(WIDTH - MARGIN, HEIGHT - 18, reference, { size: SIZE.source, align: 'right' })] : []),
  ];
}
