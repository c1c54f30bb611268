import type { Binned } from './bin-columns.ts';

/** Codes a column can have: missing and 254 bins. */
export const CODES = 255;

/** Sums by column and code: gradient, hessian, rows; `columns.length * CODES * 3` numbers. */
export type Histogram = Float64Array;

export const newHistogram = (columns: number): Histogram => new Float64Array(columns * CODES * 3);

/** Fills `into` from the rows of one node. Gradients are gathered once, so that the inner loop reads them in order. */
export function fillHistogram(into: Histogram, binned: Binned, columns: readonly number[], rows: Int32Array, gradient: Float64Array, hessian: Float64Array): void {
  into.fill(0);
  const count = rows.length;
  const first = new Float64Array(count);
  const second = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    first[at] = gradient[rows[at] as number] as number;
    second[at] = hessian[rows[at] as number] as number;
  }
  for (let position = 0; position < columns.length; position++) {
    const codes = binned.codes[columns[position] as number] as Uint8Array;
    const base = position * CODES * 3;
    for (let at = 0; at < count; at++) {
      const cell = base + (codes[rows[at] as number] as number) * 3;
      into[cell] = (into[cell] as number) + (first[at] as number);
      into[cell + 1] = (into[cell + 1] as number) + (second[at] as number);
      into[cell + 2] = (into[cell + 2] as number) + 1;
    }
  }
}

/** The sibling's histogram is the parent's less the child's; `parent` becomes it. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
  for (let at = 0; at < parent.length; at++) parent[at] = (parent[at] as number) - (child[at] as number);
}
