import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { ffmpeg } from './files.ts';

/** Where the shared recordings lie; the tests that need them are skipped where it is absent. */
export const SHARED_AUDIO = resolve(import.meta.dirname, '../../../shared/data/audio');
export const SETS = ['hostile', 'real'] as const;
export type Set = (typeof SETS)[number];

/** A recording as its manifest describes it. `decoded`: seconds that ffmpeg gets out of it. */
export type Row = { set: Set; name: string; path: string; decoded: number; wrong: string; container: string };

export function rowsOf(set: Set): Row[] {
  if (!existsSync(resolve(SHARED_AUDIO, set))) return [];
  const rows: Record<string, string>[] = parse(readFileSync(resolve(SHARED_AUDIO, set, 'MANIFEST.csv')), { columns: true });
  return rows.map((row) => ({
    set,
    name: row.name ?? '',
    path: resolve(SHARED_AUDIO, set, row.name ?? ''),
    decoded: Number(row.decoded_seconds_capped_1200 ?? row.decoded_seconds),
    wrong: row.what_is_wrong ?? '',
    container: row.container ?? '',
  }));
}

/** What must become of a recording, from its manifest alone: the codes it may be refused with, or `scored` (unless `isSilent`). */
export function expectationOf({ path, decoded, wrong, container }: Row): RegExp | 'scored' {
  const refusal = refusalFor(wrong);
  if (refusal) return refusal;
  if (statSync(path).size === 0) return /^file-empty$/;
  if (decoded === 0 || isUnknown(container)) return /^(audio-unreadable|audio-no-stream|audio-too-short|file-not-audio)$/;
  if (decoded < 5) return /^(audio-too-short|audio-truncated)$/;
  return 'scored';
}

/** What the manifest's own description says the refusal must be; undefined where only the decoded length tells. */
function refusalFor(wrong: string): RegExp | undefined {
  if (wrong.startsWith('0 bytes')) return /^file-empty$/;
  if (/HTML/.test(wrong)) return /^file-is-html$/;
  if (/PNG image|plain text|ELF binary|HLS|ffconcat|SDP/.test(wrong)) return /^file-not-audio$/;
  if (/of (exact digital )?silence|constant full-scale DC/.test(wrong)) return /^audio-silent$/;
  return undefined;
}

/** ffmpeg's own word on whether the first 20 minutes are silent: the loudest sample lies below -70 dB. */
export const isSilent = (path: string): boolean =>
  Number(/max_volume: (\S+) dB/.exec(execFileSync('sh', ['-c', 'exec "$0" -nostdin -i "file:$1" -map 0:a:0 -t 1200 -af volumedetect -f null - 2>&1 || true', ffmpeg, path], { encoding: 'utf8' }))?.[1]) < -70;

/** Static builds lack the library that plays tracker modules. */
const isUnknown = (container: string): boolean => container === 'libopenmpt' && !demuxers().includes('libopenmpt');

let listed: string | undefined;
const demuxers = (): string => (listed ??= execFileSync(ffmpeg, ['-hide_banner', '-demuxers'], { encoding: 'utf8' }));
