import { describe, expect, it } from 'vitest';
import { readCount, readDay, readId, readMoment, readSource, readText, readWhole } from '../../../src/catalogue/import/cells.ts';

const refusal = (reason: string) => expect.objectContaining({ reason });
const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('a day', () => {
  it.each([
    ['2026-01-31', '2026-01-31'],
    ['2026/1/31', '2026-01-31'],
    ['20260131', '2026-01-31'],
    ['2026-01-31 00:00:00', '2026-01-31'],
    ['2026-01-31T00:00:00.000Z', '2026-01-31'],
    ['2024-02-29', '2024-02-29'],
    ['2000-02-29', '2000-02-29'],
  ])('%s is %s', (text, day) => {
    expect(readDay(text)).toBe(day);
  });

  it.each(['', '2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '31/01/2026', '01-31-2026', '2026-01-31 08:00', '202611', '2026131', 'yesterday', '0000-01-01'])('%j is none', (text) => {
    expect(thrownBy(() => readDay(text))).toEqual(refusal('bad-date'));
  });
});

describe('a moment', () => {
  it.each(['2026-01-31T23:59:59Z', '2026-01-31 23:59', '2026-01-31T23:59:59.123456+08:00', '2026-01-31T00:00:00+0800', '2026-01-31 12:00:00 +08'])('is %s as it stands', (text) => {
    expect(readMoment(text)).toBe(text);
  });

  it.each(['', '2026-01-31', '2026-02-30T10:00', '2026-01-31T24:00', '2026-01-31T10:60', '2026-01-31T10:00:60', '2026-01-31T10:00:00+99:00', '1767225600'])('is not %j', (text) => {
    expect(thrownBy(() => readMoment(text))).toEqual(refusal('bad-date'));
  });
});

describe('a count', () => {
  it.each([
    ['0', 0],
    ['98.0', 98],
    ['98.', 98],
    ['1000000000', 1_000_000_000],
    ['', null],
    ['NaN', null],
    ['\\N', null],
  ])('%j is %s', (text, count) => {
    expect(readCount(text)).toBe(count);
  });

  it.each(['-1', '1.5', '1e3', '1,000', '1000000001', 'many', '99999999999999999999', 'Infinity'])('%j is none', (text) => {
    expect(thrownBy(() => readCount(text))).toEqual(refusal('bad-count'));
  });
});

describe('other cells', () => {
  it('refuse what can not be told', () => {
    expect(thrownBy(() => readId(''))).toEqual(refusal('empty-id'));
    expect(thrownBy(() => readText('caf\uFFFD'))).toEqual(refusal('bad-encoding'));
    expect(thrownBy(() => readText('a\0b'))).toEqual(refusal('bad-text'));
    expect(thrownBy(() => readText('x'.repeat(501)))).toEqual(refusal('text-too-long'));
    expect(thrownBy(() => readWhole('1890', 1900, 2026))).toEqual(refusal('bad-number'));
  });

  it('know the sources by our words and the usual ones', () => {
    expect(['Chart', 'online-playlist', 'my library', 'discover', ''].map(readSource)).toEqual(['chart', 'playlist', 'library', 'other', 'other']);
  });
});
