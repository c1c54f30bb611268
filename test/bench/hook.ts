import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chroma } from '../../src/audio/chroma.ts';
import { decode, SAMPLE_RATE } from '../../src/audio/decode.ts';
import { findFfmpeg } from '../../src/audio/ffmpeg.ts';
import { createAlignedChroma } from '../../src/audio/hook/aligned-chroma.ts';
import { findHook } from '../../src/audio/hook/find-hook.ts';
import { readMcGill } from '../../src/audio/hook/mcgill.ts';
import { measureHook, type HookScore } from '../../src/audio/hook/measure.ts';
import { readConfig } from '../../src/config.ts';
import type { Span } from '../../src/score/types.ts';

type Measured = HookScore & { cpuMs: number };

/**
 * `npm run bench -- hook DIR`: the shipped hook finder against human labels. DIR holds either McGill Billboard (`index.csv`, `sections.csv`,
 * `chroma.u8`) or audio with `chorus_from_lyrics.csv`. CPU is this process's (for audio with the gathering of samples and the chroma, without
 * ffmpeg). The shipped weights have seen the songs they were trained on: their honest numbers are in models/hook.card.json.
 */
export async function bench([dir]: string[]): Promise<unknown> {
  if (dir === undefined) throw new Error('Name a folder: McGill Billboard, or audio with chorus_from_lyrics.csv');
  const songs = existsSync(join(dir, 'chorus_from_lyrics.csv')) ? await measureAudio(dir) : measureChroma(dir);
  const mean = (of: (song: Measured) => number) => Math.round((songs.reduce((sum, song) => sum + of(song), 0) / songs.length) * 1e4) / 1e4;
  return {
    n: songs.length,
    meanOverlap: mean(({ overlap }) => overlap),
    halfInside: mean(({ halfInside }) => halfInside),
    startWithin3s: mean(({ startWithin3s }) => startWithin3s),
    cpuMsPerSong: mean(({ cpuMs }) => cpuMs),
  };
}

const measureChroma = (dir: string): Measured[] =>
  readMcGill(dir).map(({ chroma, seconds, choruses }) => {
    const given = chroma();
    const before = process.cpuUsage();
    return measured(given, seconds, choruses, before);
  });

async function measureAudio(dir: string): Promise<Measured[]> {
  const { path: ffmpeg } = await findFfmpeg(readConfig());
  const choruses = Map.groupBy(readFileSync(join(dir, 'chorus_from_lyrics.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',')), ([file]) => file ?? '');
  const songs: Measured[] = [];
  for (const [file, lines] of choruses) {
    const before = process.cpuUsage();
    const chroma = createAlignedChroma();
    const { samples } = await decode({ path: join(dir, file), ffmpeg }, (pcm) => chroma.push(pcm));
    const song = measured(chroma.finish(), samples / SAMPLE_RATE, lines.map(([, start, end]) => ({ start: Number(start), end: Number(end) })), before);
    console.error(`${file}: overlap ${song.overlap.toFixed(2)}`);
    songs.push(song);
  }
  return songs;
}

function measured(chroma: Chroma, seconds: number, choruses: Span[], before: NodeJS.CpuUsage): Measured {
  const { span } = findHook(chroma, seconds);
  const { user, system } = process.cpuUsage(before);
  return { ...measureHook(span, choruses), cpuMs: (user + system) / 1000 };
}
