import { expect, test } from 'vitest';
import { hookWords, recordingWords, warningWords } from '../../src/charts/score-words.ts';
import { textFor } from '../../src/text/catalogue.ts';
import { scoreAnswer } from './answers.ts';

const en = textFor('en');

test('length, loudness and ISRC are told; a title and artist only where the name lacks them', () => {
  const tags = { title: '海邊的錄音機', artist: '林晴', isrc: 'TWA452600001' };
  expect(recordingWords(scoreAnswer({ tags }), en)).toEqual(['recording 3:42 long', 'loudness −9.3 LUFS', 'the file names itself “海邊的錄音機” by 林晴', 'ISRC TWA452600001']);
  expect(recordingWords(scoreAnswer({ title: 'bounce_07', tags }), en)).toContain('the file names itself “海邊的錄音機” by 林晴');
  expect(recordingWords(scoreAnswer({ title: 'awakening', tags: { title: 'Awakening', artist: 'Maxstack' } }), en)).toContain('the file names itself “Awakening” by Maxstack');
  expect(recordingWords(scoreAnswer({ title: 'bounce_07', tags: { title: '海邊的錄音機' } }), en)).toContain('the file names itself “海邊的錄音機”');
  expect(recordingWords(scoreAnswer({ title: 'bounce_07', tags: { artist: '林晴' } }), en)).toContain('the file names 林晴 as its artist');
  expect(recordingWords(scoreAnswer({ title: '林晴 - 海邊的錄音機 (v2)', tags: { title: '海邊的錄音機 v2', artist: '林晴' } }), en)).toHaveLength(2);
});

test('a loudness that could not be measured is not told; a round one keeps its decimal', () => {
  expect(recordingWords(scoreAnswer({ level: { lufs: null } }), en)).toEqual(['recording 3:42 long']);
  expect(recordingWords(scoreAnswer({ level: { lufs: -14 } }), en)).toContain('loudness −14.0 LUFS');
});

test.each([
  ['learned', 'like a chorus'],
  ['loudest', 'nothing comes again'],
  ['whole', 'all of it'],
  ['user', 'the part you chose'],
] as const)('how the scored part was chosen is said once (%s)', (hookBy, words) => {
  const answer = scoreAnswer({ hookBy, warnings: [{ code: 'hook-whole', context: { seconds: 5 } }, { code: 'audio-capped', context: { minutes: 20 } }] });
  expect(hookWords(answer, en)).toContain(words);
  expect(warningWords(answer.warnings, en)).toHaveLength(1);
});
