import { fontFile, SLICES, type Slice, type Weight } from './font-file.ts';
import { readFontMetrics, type FontMetrics } from './font-metrics.ts';

/** A stretch of text that one font file draws. */
export type Run = { text: string; slice: Slice };

/** What stands for characters that no font here has, such as Thai or Arabic. */
const UNKNOWN = '…';

/** Pictures: those drawn as such by default, and those that a variation selector turns into one. */
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F/gu;

const loaded = new Map<string, FontMetrics>();

/** The two weights have the same characters; widths are read from each. */
const metricsOf = (slice: Slice, weight: Weight): FontMetrics => {
  const path = fontFile(slice, weight);
  const metrics = loaded.get(path) ?? readFontMetrics(path);
  loaded.set(path, metrics);
  return metrics;
};

const sliceOf = (codePoint: number): Slice | undefined => SLICES.find((slice) => metricsOf(slice, 400).advance(codePoint) !== undefined);

/**
 * Text as these fonts can draw it: emoji, control and joining characters are dropped, every other stretch of characters that no font
 * here has becomes one "…", and white space is made single.
 * @example drawable('晴天 ☀️🎵') // '晴天'
 */
export function drawable(text: string): string {
  const cleaned = text.normalize('NFC').replace(EMOJI, '').replace(/\s+/g, ' ').replace(/\p{C}/gu, '');
  let drawn = '';
  for (const character of cleaned) {
    if (sliceOf(character.codePointAt(0) ?? 0)) drawn += character;
    else if (!/[\p{Emoji}\p{M}]/u.test(character) && !drawn.endsWith(UNKNOWN)) drawn += UNKNOWN;
  }
  return drawn.replace(/\s+/g, ' ').trim();
}

/**
 * Splits text into runs by the font file that has the characters; unknown characters are left out.
 * @example runsOf('5月 Day') // [{ text: '5', slice: 'latin' }, { text: '月', slice: 'core' }, { text: ' Day', slice: 'latin' }]
 */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  for (const character of text) {
    const previous = runs.at(-1);
    const slice = sliceOf(character.codePointAt(0) ?? 0);
    if (!slice) continue;
    if (previous?.slice === slice) previous.text += character;
    else runs.push({ text: character, slice });
  }
  return runs;
}

/**
 * Width of a line of text in the unit of `size`, without kerning.
 * @example textWidth('晴天', 10, 400) // 20
 */
export function textWidth(text: string, size: number, weight: Weight): number {
  let width = 0;
  for (const character of text) width += advance(character, weight);
  return width * size;
}

/**
 * The text, shortened with "…" where it is wider than `width`.
 * @example ellipsis('晴天晴天', 10, 400, 35) // '晴天…'
 */
export function ellipsis(text: string, size: number, weight: Weight, width: number): string {
  if (textWidth(text, size, weight) <= width) return text;
  const room = width / size - advance('…', weight);
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += advance(character, weight);
    if (used > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Width of one character in em; 0 for one that is not drawn. */
function advance(character: string, weight: Weight): number {
  const codePoint = character.codePointAt(0) ?? 0;
  const slice = sliceOf(codePoint);
  return slice ? (metricsOf(slice, weight).advance(codePoint) ?? 0) : 0;
}
