import { expect, it } from 'vitest';
import { searchKey } from '../../src/catalogue/fold.ts';

it('folds width, case, spaces and invisible characters, and nothing else', () => {
  expect(searchKey('\u3000Ｌｏｖｅ\u200b \t Story\n')).toBe('love story');
  expect(searchKey('晴天（Live）')).toBe('晴天(live)');
  expect(searchKey('ﾊﾝﾊﾞｰｸﾞ')).toBe('ハンバーグ');
  expect(searchKey('Café')).toBe(searchKey('Cafe\u0301'));
  expect(searchKey('100% _Pure_')).toBe('100% _pure_');
});
