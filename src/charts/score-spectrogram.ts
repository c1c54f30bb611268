import type { Mark } from 'vega';
import type { Occlusion, ScoreAnswer, Spectrogram } from '../score/types.ts';
import type { Text } from '../text/catalogue.ts';
import { clock } from './figures.ts';
import { quietSlices } from './score-quiet.ts';
import { bandName, effectOf } from './score-words.ts';
import type { Place } from './score-map.ts';
import { box, COLOUR, label, line } from './theme.ts';

const WORDS = 14;
/** Shades of grey, one path each: thousands of rectangles would take seconds. */
const SHADES = 10;
/** A cell that moves the score by half of what the strongest does bears its sign; weaker than a tenth isn't tinted. */
const SIGNED = 0.5;
const TINTED = 0.1;
const DEEPEST = 0.6;
/** Effects below this don't fill their bar, nor do such cells take the full tint. */
const LEAST_FULL = 0.02;
/** Height of the bars below, and where those beside begin and lie. */
const BELOW = { gap: 18, half: 22 };
const BESIDE = { names: 16, zero: 212, half: 46 };

/** The hook's log-mel with every part tinted by what it did to the score; bars below tell of time, bars beside of frequency. */
export function spectrogramMarks({ spectrogram, occlusion }: Pick<ScoreAnswer, 'spectrogram' | 'occlusion'>, place: Place, text: Text): Mark[] {
  const quiet = quietSlices(spectrogram, occlusion.slices);
  return [...shades(spectrogram, place), ...cells(occlusion, place), ...timeBars(occlusion, quiet, place, text), ...bandBars(occlusion, place, text)];
}

const colourOf = (effect: number): string => (effect > 0 ? COLOUR.forecast : COLOUR.truth);
const signOf = (effect: number): string => (effect > 0 ? '+' : '−');

function shades({ bytes, rows, columns }: Spectrogram, { left, top, width, height }: Place): Mark[] {
  const [across, up] = [width / columns, height / rows];
  const paths = Array.from({ length: SHADES }, () => '');
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; ) {
      const shade = shadeOf(bytes[row * columns + column]);
      let end = column + 1;
      while (end < columns && shadeOf(bytes[row * columns + end]) === shade) end++;
      if (shade > 0) paths[shade] += `M${round(left + column * across)} ${round(top + (rows - 1 - row) * up)}h${round((end - column) * across)}v${round(up)}h${round((column - end) * across)}z`;
      column = end;
    }
  }
  const dark = (shade: number) => 246 - Math.round((190 * shade) / (SHADES - 1));
  return [
    box(left, top, width, height, { fill: '#f6f7f9', name: 'spectrogram' }),
    ...paths.flatMap((path, shade): Mark[] => (path ? [{ type: 'path', encode: { enter: { path: { value: path }, fill: { value: `rgb(${dark(shade)},${dark(shade)},${dark(shade)})` } } } }] : [])),
  ];
}

const shadeOf = (byte: number | undefined): number => Math.min(SHADES - 1, Math.floor(((byte ?? 0) * SHADES) / 256));
const round = (value: number): number => Math.round(value * 100) / 100;

function cells({ cells: changes }: Occlusion, { left, top, width, height }: Place): Mark[] {
  const effects = changes.map((bands) => bands.map(effectOf));
  const most = fullOf(effects.flat());
  return effects.flatMap((bands, slice) =>
    bands.flatMap((effect, band): Mark[] => {
      const share = Math.abs(effect) / most;
      if (share < TINTED) return [];
      const [across, up] = [width / effects.length, height / bands.length];
      const [x, y] = [left + slice * across, top + (bands.length - 1 - band) * up];
      const tint = box(x, y, across, up, { fill: colourOf(effect), opacity: DEEPEST * share });
      const sign = label(x + across / 2, y + up / 2, signOf(effect), { align: 'center', baseline: 'middle', size: WORDS, weight: 700, colour: COLOUR.paper });
      return [tint, ...(share >= SIGNED ? [sign] : [])];
    }),
  );
}

/** What a bar of full length stands for; its percentage stands beside it. */
const fullOf = (effects: readonly number[]): number => Math.max(LEAST_FULL, ...effects.map(Math.abs));

const strongestOf = (effects: readonly number[]): number => effects.findIndex((effect) => Math.abs(effect) === Math.max(...effects.map(Math.abs)));

function timeBars({ time, slices }: Occlusion, quiet: readonly boolean[], { left, top, width, height }: Place, text: Text): Mark[] {
  const effects = time.map(effectOf);
  const most = fullOf(effects);
  const strongest = strongestOf(effects.map((effect, slice) => (quiet[slice] ? 0 : effect)));
  const zero = top + height + BELOW.gap + BELOW.half;
  const across = width / Math.max(1, time.length);
  const every = Math.max(1, Math.ceil(48 / across));
  return [
    ...effects.flatMap((effect, slice): Mark[] => {
      const up = (effect / most) * BELOW.half;
      const bar = box(left + slice * across + 2, Math.min(zero, zero - up), across - 4, Math.abs(up), { fill: colourOf(effect), name: `time-${slice}` });
      const words = slice === strongest ? percentLabel(effect, left + (slice + 0.5) * across, effect > 0 ? zero - up - 9 : zero - up + 9, 'center', text) : [];
      return [bar, ...words];
    }),
    line([left, zero], [left + width, zero], { colour: COLOUR.ink }),
    ...slices.flatMap(({ start }, slice) => (slice % every === 0 ? [label(left + slice * across, zero + BELOW.half + 30, clock(start), { size: WORDS, align: slice === 0 ? 'left' : 'center' })] : [])),
  ];
}

function bandBars({ frequency, bands }: Occlusion, { left, top, width, height }: Place, text: Text): Mark[] {
  const effects = frequency.map(effectOf);
  const most = fullOf(effects);
  const up = height / Math.max(1, frequency.length);
  const zero = left + width + BESIDE.zero;
  return [
    ...effects.flatMap((effect, band): Mark[] => {
      const y = top + (frequency.length - 1 - band) * up;
      const along = (effect / most) * BESIDE.half;
      const range = bands[band];
      return [
        label(left + width + BESIDE.names, y + up / 2, range ? bandName(range, text) : '', { size: WORDS, baseline: 'middle' }),
        box(Math.min(zero, zero + along), y + 3, Math.abs(along), up - 6, { fill: colourOf(effect), name: `band-${band}` }),
        ...(band === strongestOf(effects) ? percentLabel(effect, zero + along + (along < 0 ? -5 : 5), y + up / 2, along < 0 ? 'right' : 'left', text) : []),
      ];
    }),
    line([zero, top], [zero, top + height], { colour: COLOUR.ink }),
  ];
}

function percentLabel(effect: number, x: number, y: number, align: 'left' | 'right' | 'center', text: Text): Mark[] {
  const percent = Math.round(100 * effect);
  if (percent === 0) return [];
  return [label(x, y, `${percent > 0 ? '+' : '−'}${text.number(Math.abs(percent))}%`, { size: WORDS, weight: 700, colour: colourOf(effect), baseline: 'middle', align })];
}
