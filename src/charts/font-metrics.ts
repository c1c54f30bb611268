import { closeSync, openSync, readSync } from 'node:fs';

/** What layout needs of a TrueType file: the characters it has and how wide each is drawn. */
export type FontMetrics = {
  /** Advance of a code point in em, or undefined where the file has no glyph for it. */
  advance(codePoint: number): number | undefined;
};

/**
 * Reads the `head`, `hhea`, `hmtx` and `cmap` (format 4) tables of a TrueType file; the outlines stay on disk.
 * Characters outside the Basic Multilingual Plane are not looked up.
 * @throws Error when the file has no Unicode format 4 character map.
 * Source: OpenType specification 1.9, chapters "cmap" and "hmtx".
 */
export function readFontMetrics(path: string): FontMetrics {
  const file = openSync(path, 'r');
  try {
    const read = (position: number, length: number) => {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, position);
      return bytes;
    };
    const tables = readDirectory(read);
    const table = (tag: string) => read(...(tables.get(tag) ?? [0, 0]));
    const unitsPerEm = table('head').readUInt16BE(18);
    const glyphs = readCharacterMap(table('cmap'));
    const metrics = table('hmtx');
    const wide = table('hhea').readUInt16BE(34);
    return {
      advance: (codePoint) => {
        const glyph = glyphs.get(codePoint);
        return glyph === undefined ? undefined : metrics.readUInt16BE(4 * Math.min(glyph, wide - 1)) / unitsPerEm;
      },
    };
  } finally {
    closeSync(file);
  }
}

function readDirectory(read: (position: number, length: number) => Buffer): Map<string, [number, number]> {
  const count = read(4, 2).readUInt16BE();
  const records = read(12, 16 * count);
  return new Map(
    Array.from({ length: count }, (_, i) => [
      records.toString('latin1', 16 * i, 16 * i + 4),
      [records.readUInt32BE(16 * i + 8), records.readUInt32BE(16 * i + 12)],
    ]),
  );
}

/** Code point to glyph number, from the format 4 subtable. */
function readCharacterMap(cmap: Buffer): Map<number, number> {
  const offsets = Array.from({ length: cmap.readUInt16BE(2) }, (_, i) => cmap.readUInt32BE(8 + 8 * i));
  const start = offsets.find((offset) => cmap.readUInt16BE(offset) === 4);
  if (start === undefined) throw new Error('The font has no format 4 character map');
  const segments = cmap.readUInt16BE(start + 6) / 2;
  const field = (column: number, segment: number) => start + 14 + 2 * (column * segments + segment) + (column > 0 ? 2 : 0);
  const glyphs = new Map<number, number>();
  for (let segment = 0; segment < segments; segment++) {
    const last = cmap.readUInt16BE(field(0, segment));
    const first = cmap.readUInt16BE(field(1, segment));
    const delta = cmap.readUInt16BE(field(2, segment));
    const rangeOffset = cmap.readUInt16BE(field(3, segment));
    for (let code = first; code <= last && code !== 0xffff; code++) {
      const listed = rangeOffset === 0 ? code : cmap.readUInt16BE(field(3, segment) + rangeOffset + 2 * (code - first));
      const glyph = rangeOffset !== 0 && listed === 0 ? 0 : (listed + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
  return glyphs;
}
