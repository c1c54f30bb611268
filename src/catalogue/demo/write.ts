import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { demoCatalogue, type DemoOptions } from './catalogue.ts';

/**
 * Writes the demo catalogue as files that `encore import` reads, with its truths: songs.csv, listeners.csv, plays.csv.gz, truths.json.
 * Days are made and written one by one, so memory stays flat at any size.
 *
 * @param dir is made when it doesn't exist.
 */
export async function writeDemoCatalogue(dir: string, { seed = 1, size = 1 }: DemoOptions = {}): Promise<void> {
  const catalogue = demoCatalogue({ seed, size });
  await mkdir(dir, { recursive: true });
  await writeCsv(join(dir, 'songs.csv'), ['id', 'title', 'artist', 'artistId', 'releaseDate', 'genre', 'language', 'isrc'], [catalogue.songs]);
  await writeCsv(join(dir, 'listeners.csv'), ['id', 'region', 'birthYear', 'gender'], [catalogue.listeners()]);
  const days = function* () {
    for (const [day] of catalogue.days.entries()) yield catalogue.playsOn(day);
  };
  await writeCsv(join(dir, 'plays.csv.gz'), ['listener', 'song', 'playedAt', 'source', 'seconds'], days());
  await writeFile(join(dir, 'truths.json'), `${JSON.stringify(catalogue.truths, null, 2)}\n`);
}

async function writeCsv(file: string, columns: readonly string[], groups: Iterable<Iterable<object>>): Promise<void> {
  const text = function* () {
    yield `${columns.join(',')}\n`;
    for (const group of groups) {
      let lines = '';
      for (const row of group) {
        lines += `${columns.map((column) => cell((row as Record<string, unknown>)[column])).join(',')}\n`;
        if (lines.length < 1 << 16) continue;
        yield lines;
        lines = '';
      }
      yield lines;
    }
  };
  const out = createWriteStream(file);
  const source = Readable.from(text(), { objectMode: true });
  await (file.endsWith('.gz') ? pipeline(source, createGzip({ level: 1 }), out) : pipeline(source, out));
}

const cell = (value: unknown): string => {
  const text = value === undefined || value === null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
