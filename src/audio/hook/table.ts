/** Named columns of one song: one entry a frame, NaN where there is no answer. */
export type Table = { frames: number; columns: Map<string, Float32Array> };

export const newTable = (frames: number): Table => ({ frames, columns: new Map() });

/** Adds a column, by default of NaN, to be filled. */
export function addColumn({ frames, columns }: Table, name: string, value: (frame: number) => number = () => NaN): Float32Array {
  const column = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) column[frame] = value(frame);
  columns.set(name, column);
  return column;
}

/** @throws RangeError for an unknown name */
export function columnOf({ columns }: Table, name: string): Float32Array {
  const column = columns.get(name);
  if (!column) throw new RangeError(`No column ${name}`);
  return column;
}
