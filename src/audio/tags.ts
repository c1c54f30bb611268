import type { AudioAnalysis } from '../score/types.ts';

type Tags = AudioAnalysis['tags'];

/** More than any honest recording says of itself; what comes after is not looked at. */
const MOST_BYTES = 2 ** 18;
const LONGEST_TEXT = 200;

/** Controls, byte order marks and the marks that turn the direction of what follows. Joiners stay: emoji need them. */
const CONTROLS = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029\uFEFF]+/gu;

/**
 * Reads what ffmpeg writes as `-f ffmetadata`, in bounded memory: title, artist and ISRC, cleaned. Nothing else is kept, no picture either.
 * Source: ffmpeg-formats(1), "Metadata": one `key=value` a line, `=`, `;`, `#`, `\` and line feeds escaped by a backslash.
 *
 * @example ';FFMETADATA1\nTITLE=a\\=b\nTSRC=tw-a53-03-12301\n' gives { title: 'a=b', isrc: 'TWA530312301' }
 */
export function createTagReader(): { read(chunk: Buffer): void; finish(): Tags } {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    read(chunk) {
      const part = chunk.subarray(0, MOST_BYTES - bytes);
      bytes += part.length;
      if (part.length > 0) chunks.push(Buffer.from(part));
    },
    finish: () => tagsFrom(Buffer.concat(chunks).toString('utf8')),
  };
}

function tagsFrom(metadata: string): Tags {
  const values = new Map<string, string>();
  for (const [, key = '', value = ''] of metadata.matchAll(/^((?:[^=\\\n;#[]|\\[^])+)=((?:[^\\\n]|\\[^])*)$/gm)) {
    const name = unescaped(key).toLowerCase();
    if (!values.has(name)) values.set(name, unescaped(value));
  }
  const tags = { title: cleaned(values.get('title')), artist: cleaned(values.get('artist')), isrc: isrcFrom(values.get('isrc') ?? values.get('tsrc')) };
  return Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== undefined));
}

const unescaped = (text: string) => text.replace(/\\([^])/g, '$1');

/** One line of readable text; undefined for nothing and for bytes that are no UTF-8. */
function cleaned(text: string | undefined): string | undefined {
  if (text === undefined || text.includes('\uFFFD')) return undefined;
  const line = text.normalize('NFC').replace(CONTROLS, ' ').replace(/\s+/gu, ' ').trim();
  return [...line].slice(0, LONGEST_TEXT).join('').trim() || undefined;
}

/** ISO 3901:2019: country, registrant, year and designation, 12 characters; hyphens are for the eye. */
function isrcFrom(text: string | undefined): string | undefined {
  const code = text?.replace(/[\s-]/g, '').toUpperCase();
  return code && /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(code) ? code : undefined;
}
