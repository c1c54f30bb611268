import { expect, test } from 'vitest';
import { nearestSongs } from '../../src/score/nearest.ts';

const song = (title: string, embedding: number[]) => ({ id: title, title, artist: 'A', releaseDate: '2026-01-01', listeners: 100, playsPerListener: 1.5, embedding });
const titles = (embedding: number[], songs: ReturnType<typeof song>[], count?: number) => nearestSongs(embedding, songs, count).map(({ title }) => title);

test('the smallest angle comes first, however long the vectors are; equals keep their order', () => {
  expect(titles([1, 0], [song('far', [0, 1]), song('half', [1, 1]), song('same', [0.01, 0]), song('same again', [50, 0])])).toEqual(['same', 'same again', 'half', 'far']);
});

test('five at most, with what they reached', () => {
  const many = Array.from({ length: 9 }, (_, at) => song(String(at), [1, at]));
  expect(titles([1, 0], many)).toEqual(['0', '1', '2', '3', '4']);
  expect(nearestSongs([1, 0], [song('half', [1, 1])])).toEqual([{ id: 'half', title: 'half', artist: 'A', releaseDate: '2026-01-01', listeners: 100, playsPerListener: 1.5, similarity: Math.SQRT1_2 }].map((each) => ({ ...each, similarity: expect.closeTo(each.similarity, 12) })));
});

test('what has no direction is like nothing', () => {
  expect(titles([1, 0], [song('silent', [0, 0])])).toEqual([]);
  expect(titles([0, 0], [song('loud', [1, 0])])).toEqual([]);
});
