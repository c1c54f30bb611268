import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Span } from '../../score/types.ts';
import { CHROMA_CLASSES, type Chroma } from '../chroma.ts';

/** `group` is the same for all ids of one recording: same length, same list of sections. */
export type LabelledSong = { id: string; group: string; seconds: number; choruses: Span[]; chroma: () => Chroma };

/**
 * Songs with chroma and human section names (McGill Billboard, CC0): `chroma.u8`, `index.csv` and `sections.csv` of `dir`; songs without a
 * chorus are left out. Burgoyne, Wild & Fujinaga, "An expert ground truth set for audio chord recognition", ISMIR 2011.
 */
export function readMcGill(dir: string): LabelledSong[] {
  const bytes = readFileSync(join(dir, 'chroma.u8'));
  const sections = Map.groupBy(rowsOf(join(dir, 'sections.csv')), ([id]) => id);
  const songs = rowsOf(join(dir, 'index.csv')).map(([id = '', firstRow, rows, scale, framesPerSecond]): LabelledSong => {
    const parts = sections.get(id) ?? [];
    const from = Number(firstRow) * CHROMA_CLASSES;
    const frames = Number(rows);
    return {
      id,
      group: [frames, ...parts.map(([, , , name]) => name)].join('|'),
      seconds: frames / Number(framesPerSecond),
      choruses: parts.filter(([, , , name]) => name?.startsWith('chorus')).map(([, start, end]) => ({ start: Number(start), end: Number(end) })),
      chroma: () => chromaOf(bytes.subarray(from, from + frames * CHROMA_CLASSES), Number(scale) / 255, Number(framesPerSecond)),
    };
  });
  return songs.filter(({ choruses }) => choruses.length > 0);
}

const rowsOf = (path: string) => readFileSync(path, 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));

function chromaOf(bytes: Uint8Array, scale: number, framesPerSecond: number): Chroma {
  const values = Float32Array.from(bytes, (byte) => byte * scale);
  const frames = values.length / CHROMA_CLASSES;
  const power = Float64Array.from({ length: frames }, (_, frame) => {
    const row = values.subarray(frame * CHROMA_CLASSES, (frame + 1) * CHROMA_CLASSES);
    return row.reduce((sum, value) => sum + value * value, 0) / CHROMA_CLASSES;
  });
  return { frames, values, power, framesPerSecond };
}
