import type { Mark, Spec } from 'vega';
import { textWidth } from '../../src/charts/glyphs.ts';

export type Box = { text: string; left: number; right: number; top: number; bottom: number };

type Value = { value?: unknown };

/** Every mark of a spec, those inside groups too. */
const marksOf = (marks: Mark[] | undefined): Mark[] => (marks ?? []).flatMap((mark) => [mark, ...(mark.type === 'group' ? marksOf(mark.marks) : [])]);

export const namedMark = (spec: Spec, name: string): Mark | undefined => marksOf(spec.marks).find((mark) => mark.name === name);

export const textsOf = (spec: Spec): string[] => textBoxes(spec).map(({ text }) => text);

/** Where every fixed text of a spec stands, in units of the spec. */
export function textBoxes(spec: Spec): Box[] {
  const walk = (marks: Mark[], dx: number, dy: number): Box[] =>
    marks.flatMap((mark) => {
      const enter = (mark.encode?.enter ?? {}) as Record<string, Value>;
      const number = (key: string) => Number(enter[key]?.value ?? 0);
      if (mark.type === 'group') return walk(mark.marks ?? [], dx + number('x'), dy + number('y'));
      if (mark.type !== 'text') return [];
      const text = String(enter.text?.value);
      const size = number('fontSize');
      const width = textWidth(text, size, number('fontWeight') === 700 ? 700 : 400);
      const left = dx + number('x') - width * ({ right: 1, center: 0.5 }[String(enter.align?.value)] ?? 0);
      const baseline = dy + number('y') + (enter.baseline?.value === 'middle' ? 0.3 * size : 0);
      return [{ text, left, right: left + width, top: baseline - 0.75 * size, bottom: baseline + 0.15 * size }];
    });
  return walk(spec.marks ?? [], 0, 0);
}

/** Pairs of texts that cover each other. */
export function overlaps(boxes: Box[]): string[] {
  return boxes.flatMap((one, i) =>
    boxes.slice(i + 1).filter((other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom).map((other) => `${one.text} / ${other.text}`),
  );
}
