import { describe, expect, it } from 'vitest';
import { daily } from '../../../src/catalogue/import/daily.ts';
import { matchColumns } from '../../../src/catalogue/import/match-columns.ts';
import { songs } from '../../../src/catalogue/import/songs.ts';

describe('columns', () => {
  it('are found by our names and by the usual ones, whatever their case and punctuation', () => {
    expect(matchColumns('f', ['Date', 'Song ID', 'Streams'], daily.columns)).toEqual({ day: 0, song: 1, plays: 2 });
    expect(matchColumns('f', ['track_id', '歌名', '歌手', 'releaseDate'], songs.columns)).toEqual({ id: 0, title: 1, artist: 2, releaseDate: 3 });
  });

  it('are taken from the mapping first, and one of theirs may serve two of ours', () => {
    expect(matchColumns('f', ['song', 'entry', 'date', 'n'], daily.columns, { song: 'entry', plays: 'n' })).toEqual({ song: 1, day: 2, plays: 3 });
    expect(matchColumns('f', ['track'], songs.columns, { id: 'track', title: 'Track' })).toEqual({ id: 0, title: 0 });
  });

  it('must be ours on the left and the file\'s on the right', () => {
    expect(() => matchColumns('f', ['a'], daily.columns, { plas: 'a' })).toThrow(expect.objectContaining({ code: 'import-column-unknown', context: { column: 'plas', known: 'song, day, source, plays, floor' } }));
    expect(() => matchColumns('f.csv', ['a', 'b'], daily.columns, { song: 'c' })).toThrow(expect.objectContaining({ code: 'import-column-missing', context: { column: 'c', file: 'f.csv', headers: 'a, b' } }));
    expect(() => matchColumns('f.csv', ['song', 'day'], daily.columns)).toThrow(expect.objectContaining({ code: 'import-column-missing', context: { column: 'plays', file: 'f.csv', headers: 'song, day' } }));
  });
});
