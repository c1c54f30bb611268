import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Span } from '../../score/types.ts';
import { CHROMA_CLASSES, type Chroma } from '../chroma.ts';

/** `group` is equal for the ids of one recording: same length and same list of sections. */
export type LabelledSong = { id: string; group: string; seconds: number; choruses: Span[]; chroma: () => Chroma };

/** Songs of McGill Billboard with chroma and human section names: `chroma.u8`, `index.csv` and `sections.csv` of `dir`. */
export function readMcGill(dir: string): LabelledSong[] {
  const bytes = readFileSync(join(dir, 'chroma.u8'));
  const sections = Map.groupBy(rowsOf(join(dir, 'sections.csv')).map(([id, start, end, name]) => ({ id: id as string, start: Number(start), end: Number(end), name: (name ?? '').trim() })), ({ id }) => id);
  return rowsOf(join(dir, 'index.csv')).map(([id = '', firstRow, rows, scale, fps]) => {
    const parts = sections.get(id) ?? [];
    const from = Number(firstRow) * CHROMA_CLASSES;
    const frames = Number(rows);
    return {
      id,
      group: `${frames}|${parts.map(({ name }) => name).join('|')}`,
      seconds: frames / Number(fps),
      choruses: joined(parts.filter(({ name }) => name.startsWith('chorus')).map(({ start, end }) => ({ start, end }))),
      chroma: () => chromaOf(bytes.subarray(from, from + frames * CHROMA_CLASSES), Number(scale) / 255, Number(fps)),
    };
  });
}

const rowsOf = (path: string) => readFileSync(path, 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));

const joined = (spans: Span[]) => spans;

function chromaOf(bytes: Uint8Array, scale: number, framesPerSecond: number): Chroma {
  const values = Float32Array.from(bytes, (byte) => byte * scale);
  const frames = values.length / CHROMA_CLASSES;
  const power = Float64Array.from({ length: frames }, (_, frame) => values.subarray(frame * CHROMA_CLASSES, (frame + 1) * CHROMA_CLASSES).reduce((sum, value) => sum + value * value, 0));
  return { frames, values, power, framesPerSecond };
}
