import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDaily } from '../../src/catalogue/import/daily.ts';
import { loadSongs } from '../../src/catalogue/import/songs.ts';
import { findArtists, findSongs, resolveSong } from '../../src/catalogue/search.ts';
import { testDatabase } from '../db/database.ts';

const db = await testDatabase();
afterAll(() => db.close());

beforeAll(async () => {
  await loadSongs(db, [
    { id: 'jay-1', title: '晴天', artist: '周杰倫', releaseDate: '2003-07-31' },
    { id: 'other-1', title: '晴天', artist: '別人' },
    { id: 'jay-2', title: '夜曲', artist: '周杰倫' },
    { id: 'jay-3', title: '晴天娃娃', artist: '周杰倫' },
    { id: 'en-1', title: 'Sunny Day', artist: 'Jay Chou' },
    { id: 'en-2', title: 'Sunny Days Ahead', artist: 'The Weather' },
    { id: 'en-3', title: '100% Pure_Love', artist: 'A\\B' },
    { id: 'en-4', title: '100 Pure Loves', artist: 'The Weather' },
    { id: 'dash', title: 'Self - Titled', artist: 'Dash' },
    { id: '夜曲', title: 'A song whose id is another title', artist: 'Dash' },
    { id: 'lonely', title: '孤獨的城市', artist: '別人' },
    { id: 'old-1', title: 'Nothing Played', artist: 'Nobody' },
  ]);
  await loadDaily(db, [
    { song: 'jay-2', day: '2026-01-02', plays: 0 },
    { song: 'jay-2', day: '2026-01-03', plays: 5 },
    { song: 'jay-2', day: '2026-01-04', plays: 9 },
  ]);
});

const ids = async (query: string) => (await findSongs(db, query)).map((match) => `${match.externalId} ${match.how}`);

describe('a song is found', () => {
  it('by its id, before a title that reads the same', async () => {
    expect(await ids('夜曲')).toEqual(['夜曲 id', 'jay-2 exact']);
  });

  it('by its exact title, then by titles that begin with it', async () => {
    expect(await ids('晴天')).toEqual(['jay-1 exact', 'other-1 exact', 'jay-3 prefix']);
  });

  it('whatever the case, the width and the spaces', async () => {
    expect((await ids('  ＳＵＮＮＹ　 day '))[0]).toBe('en-1 exact');
  });

  it('by one Chinese character', async () => {
    expect(await ids('晴')).toEqual(['jay-1 prefix', 'other-1 prefix', 'jay-3 prefix']);
  });

  it.each(['周杰倫 晴天', '晴天 周杰倫', '周杰倫 - 晴天', '晴天 – 周杰倫'])('by artist and title: %s', async (query) => {
    expect((await ids(query))[0]).toBe('jay-1 exact');
    expect(await resolveSong(db, query)).toMatchObject({ song: { externalId: 'jay-1' } });
  });

  it('by artist and the beginning of a title', async () => {
    expect(await ids('周杰倫 晴')).toContain('jay-3 prefix');
    expect(await ids('周杰倫 晴')).not.toContain('other-1 prefix');
  });

  it('although it is misspelt', async () => {
    expect((await ids('suny day'))[0]).toBe('en-1 similar');
    expect((await ids('Jay Chuo Sunny Dya'))[0]).toBe('en-1 similar');
    expect((await ids('夜取'))[0]).toBe('jay-2 similar');
  });

  it('by a part of a Chinese title', async () => {
    expect((await ids('城市'))[0]).toBe('lonely similar');
  });

  it('by a title with a dash or a wildcard in it, which is only a character', async () => {
    expect((await ids('self - titled'))[0]).toBe('dash exact');
    expect(await ids('100% p')).toEqual(expect.arrayContaining(['en-3 prefix']));
    expect(await ids('100% p')).not.toContain('en-4 prefix');
    expect(await ids('\\')).toEqual([]);
  });

  it('not at all by nothing, and without harm by anything', async () => {
    expect(await findSongs(db, ' \u200b ')).toEqual([]);
    expect(await findSongs(db, `'); drop table song; -- ${'a b '.repeat(200)}`)).toEqual([]);
    expect((await findSongs(db, '晴\0', { limit: 1 })).length).toBe(1);
  });
});

describe('the release date of a match', () => {
  it('is the imported one, else the first day with plays, else empty', async () => {
    const releaseOf = async (query: string) => (await findSongs(db, query))[0]?.releaseDate;
    expect(await releaseOf('jay-1')).toBe('2003-07-31');
    expect(await releaseOf('jay-2')).toBe('2026-01-03');
    expect(await releaseOf('old-1')).toBe('');
  });
});

describe('resolving what was typed', () => {
  it('takes an id or a single exact title', async () => {
    expect(await resolveSong(db, 'other-1')).toMatchObject({ song: { title: '晴天', artist: '別人' } });
    expect(await resolveSong(db, 'sunny day')).toMatchObject({ song: { externalId: 'en-1' } });
  });

  it('leaves the choice to the person when two artists have the title, or when nothing fits exactly', async () => {
    expect(await resolveSong(db, '晴天')).toMatchObject({ candidates: [{ externalId: 'jay-1' }, { externalId: 'other-1' }, { externalId: 'jay-3' }] });
    expect(await resolveSong(db, 'sunny da')).toMatchObject({ candidates: [{ externalId: 'en-1' }, { externalId: 'en-2' }] });
    expect(await resolveSong(db, 'zzzz')).toEqual({ candidates: [] });
  });
});

describe('an artist is found', () => {
  it('by name, prefix and similarity', async () => {
    const found = async (query: string) => (await findArtists(db, query)).map(({ name, how }) => `${name} ${how}`);
    expect(await found('周杰倫')).toEqual(['周杰倫 exact']);
    expect(await found('周')).toEqual(['周杰倫 prefix']);
    expect(await found('jay chuo')).toEqual(['Jay Chou similar']);
  });
});
