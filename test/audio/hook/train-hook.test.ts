import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { randomFrom } from '../../../src/boosting/random.ts';
import { readMcGill } from '../../../src/audio/hook/mcgill.ts';
import { storeHookModel } from '../../../src/audio/hook/model.ts';
import { trainHook } from '../../../src/audio/hook/train-hook.ts';
import { prepareSong, trainHookModel } from '../../../src/audio/hook/train-model.ts';

const FRAMES_PER_SECOND = 10;
const PART_SECONDS = 24;

/** Songs in McGill Billboard's layout: each letter a part, C the chorus; the same letter has the same chords with a little noise. */
function writeSongs(dir: string, forms: readonly string[]): void {
  const random = randomFrom(3);
  const rows: number[] = [];
  const index = ['id,first_row,rows,scale,fps'];
  const sections = ['id,start,end,name,letter'];
  forms.forEach((form, id) => {
    const chords = new Map([...new Set(form)].map((letter) => [letter, Array.from({ length: 4 * 24 }, () => Math.floor(200 * random()))]));
    const first = rows.length / 24;
    [...form].forEach((letter, part) => {
      sections.push(`${id},${part * PART_SECONDS},${(part + 1) * PART_SECONDS},${letter === 'C' ? 'chorus' : 'verse'},${letter}`);
      const part4 = chords.get(letter) ?? [];
      for (let i = 0; i < PART_SECONDS * FRAMES_PER_SECOND; i++) for (let c = 0; c < 24; c++) rows.push((part4[(Math.floor(i / 60) % 4) * 24 + c] ?? 0) + Math.floor(50 * random()));
    });
    index.push(`${id},${first},${rows.length / 24 - first},4,${FRAMES_PER_SECOND}`);
  });
  writeFileSync(join(dir, 'chroma.u8'), Uint8Array.from(rows));
  writeFileSync(join(dir, 'index.csv'), `${index.join('\n')}\n`);
  writeFileSync(join(dir, 'sections.csv'), `${sections.join('\n')}\n`);
}

test('training finds the repeated part of songs it has not seen, the same weights for the same seed', () => {
  const dir = mkdtempSync(join(tmpdir(), 'hook-'));
  try {
    // The chorus comes three times, everything else once, at places that differ from song to song; one song has no chorus
    writeSongs(dir, ['ACBCDC', 'ABCDCC', 'CABCDC', 'ACBCCD', 'ABCCDC', 'CACBCD', 'ABDCCC', 'CCABCD', 'ACCBCD', 'ABDE']);
    const trained = trainHook(dir, { seed: 1, repeats: 1 });
    expect(trained.card.songs).toBe(9);
    expect(trained.card.metrics.meanOverlap.mean).toBeGreaterThan(0.65);
    expect(trained.card.metrics.meanOverlap.mean).toBeGreaterThan((trained.card.baselines.random?.meanOverlap.mean ?? 1) + 0.1);
    expect(storeHookModel(trainHookModel(readMcGill(dir).map(prepareSong), 1))).toEqual(trained.model);
  } finally {
    rmSync(dir, { recursive: true });
  }
}, 120_000);
