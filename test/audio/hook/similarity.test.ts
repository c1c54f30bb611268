import { expect, test } from 'vitest';
import { novelty } from '../../../src/audio/hook/novelty.ts';
import { repeatsOf } from '../../../src/audio/hook/repeats.ts';
import { cosinesOf, similarityOver } from '../../../src/audio/hook/similarity.ts';
import golden from '../../fixtures/hook/similarity.json' with { type: 'json' };

const song = { count: golden.count, vectors: Float32Array.from(golden.vectors), power: new Float64Array(golden.count).fill(1), secondsPerFrame: golden.secondsPerFrame, start: 0 };

test('similarity is the mean along the diagonal in units of the song, as numpy has it', () => {
  const { values, median, high } = similarityOver(cosinesOf(song), 6);
  expect(median).toBeCloseTo(golden.median, 6);
  expect(high).toBeCloseTo(golden.high, 6);
  for (const [i = 0, j = 0, value = 0] of golden.cells) expect(values[i * song.count + j]).toBeCloseTo(value, 4);
});

test('novelty is a checkerboard along the diagonal, as numpy has it', () => {
  const curve = novelty(similarityOver(cosinesOf(song), 2), 8);
  golden.novelty.forEach((value, frame) => expect(curve[frame]).toBeCloseTo(value, 4));
});

test('the part at frame 15 comes again at frame 50, and nowhere else as strongly', () => {
  const repeats = repeatsOf(similarityOver(cosinesOf(song), 6), song.secondsPerFrame, 3);
  for (const frame of [20, 25, 30]) expect(repeats.at[frame * 3]).toBe(frame + 35);
  expect(repeats.value[25 * 3]).toBeGreaterThan(2 * (repeats.value[25 * 3 + 1] as number));
});

test('a song of a few frames has no repeats', () => {
  const short = { ...song, count: 4, vectors: song.vectors.slice(0, 96) };
  expect([...repeatsOf(similarityOver(cosinesOf(short), 6), 0.5, 2).at]).toEqual(Array(8).fill(-1));
});
