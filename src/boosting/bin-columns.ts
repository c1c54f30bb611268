import type { Columns } from './types.ts';

/** Code of a missing value; the others start at 1. */
export const MISSING = 0;

/** `codes[f][row]` is 0 when missing, else 1 + the number of `edges[f]` below the value. */
export type Binned = { rows: number; codes: Uint8Array[]; edges: Float32Array[] };

/**
 * Sorts the values of every column into at most `bins` bins of about equal numbers of rows, as LightGBM does; trees then split
 * between bins. A column with fewer different values gets one bin for each.
 * @param bins 2..254
 * @example binColumns([Float32Array.of(5, NaN, 7)], 16).edges[0] // Float32Array [6]
 */
export function binColumns(columns: Columns, bins = 254): Binned {
  if (!(bins >= 2 && bins <= 254)) throw new RangeError('bins must be 2..254');
  const rows = columns[0]?.length ?? 0;
  const edges = columns.map((column) => edgesOf(column, bins));
  return { rows, edges, codes: columns.map((column, feature) => encode(column, edges[feature] as Float32Array)) };
}

function edgesOf(column: Float32Array, bins: number): Float32Array {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  const distinct = sorted.filter((value, at) => at === 0 || value !== sorted[at - 1]);
  const edges: number[] = [];
  const cut = (below: number, above: number) => {
    const middle = Math.fround(below + (above - below) / 2);
    const edge = middle >= below && middle < above ? middle : below;
    if (edges.at(-1) !== edge) edges.push(edge);
  };
  if (distinct.length <= bins) for (let at = 1; at < distinct.length; at++) cut(distinct[at - 1] as number, distinct[at] as number);
  else
    for (let bin = 1; bin < bins; bin++) {
      const at = Math.floor((bin * sorted.length) / bins);
      const above = sorted[at] as number;
      const below = sorted[at - 1] as number;
      if (below < above) cut(below, above);
      else {
        const next = sorted.findIndex((value, index) => index > at && value > above);
        if (next > 0) cut(above, sorted[next] as number);
      }
    }
  return Float32Array.from(edges);
}

function encode(column: Float32Array, edges: Float32Array): Uint8Array {
  const codes = new Uint8Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const value = column[row] as number;
    if (Number.isNaN(value)) continue;
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (value <= (edges[middle] as number)) high = middle;
      else low = middle + 1;
    }
    codes[row] = low + 1;
  }
  return codes;
}
