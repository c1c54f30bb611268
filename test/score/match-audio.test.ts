import { expect, test } from 'vitest';
import { createMatcher } from '../../src/score/match-audio.ts';

const songs = [
  { id: 'S0012', title: '海邊的錄音機', artist: '阿灘與慢潮', isrc: 'TWENC2600012' },
  { id: 'S0013', title: 'One - Two', artist: 'The A', isrc: null },
  { id: '7', title: 'Seven', artist: 'The B', isrc: 'TWENC2600007' },
  { id: 'S0099', title: 'Seven', artist: 'The B', isrc: 'TWENC2600007' },
];
const songOf = createMatcher(songs);

test.each<[string, string | undefined, string]>([
  ['S0012', 'S0012', 'the id'],
  ['s0012', 'S0012', 'the id in other letters'],
  ['7', '7', 'a short id that is the whole name'],
  ['S0012 - 海邊的錄音機 (master)', 'S0012', 'an id before a space'],
  ['S0012_v2.final', 'S0012', 'an id before an underscore'],
  ['S00123', undefined, 'a longer id, which is another'],
  ['7 - Something', undefined, 'a number that may as well be the track'],
  ['master TW-ENC-26-00012', 'S0012', 'an ISRC with hyphens'],
  ['twenc2600007', '7', 'an ISRC of two songs: the one released first'],
  ['ＴＨＥ Ａ - one - two', 'S0013', 'artist and title, folded, with a dash inside the title'],
  ['03. The B – Seven', '7', 'artist and title after a track number'],
  ['Seven - The B', undefined, 'the other way round'],
  ['Seven', undefined, 'a title alone, which others have too'],
])('%s is %s: %s', (name, id, _why) => expect(songOf(name)).toBe(id));

test('tags tell what a name does not: ISRC before artist and title; the name goes before them', () => {
  expect(songOf('track', { isrc: 'TWENC2600012' })).toBe('S0012');
  expect(songOf('track', { artist: '阿灘與慢潮', title: '海邊的錄音機' })).toBe('S0012');
  expect(songOf('track', { isrc: 'TWENC2600012', artist: 'The B', title: 'Seven' })).toBe('S0012');
  expect(songOf('S0013', { isrc: 'TWENC2600012' })).toBe('S0013');
  expect(songOf('track', { title: 'Seven' })).toBeUndefined();
});
