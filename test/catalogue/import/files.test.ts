import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importFiles, type ImportOptions } from '../../../src/catalogue/import/files.ts';
import type { ImportKind } from '../../../src/catalogue/import/rows.ts';
import { loadListeners } from '../../../src/catalogue/import/listeners.ts';
import { loadSongs } from '../../../src/catalogue/import/songs.ts';
import { testDatabase } from '../../db/database.ts';

const db = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'encore-import-'));
afterAll(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

const file = async (name: string, content: string | Buffer): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const given = async (kind: ImportKind, content: string | Buffer, options: Partial<ImportOptions> = {}) =>
  await importFiles(db, kind, [await file('given.csv', content)], { timeZone: 'Asia/Taipei', ...options });
const counts = () => db.sql`
  select s.external_id as song, d.day, d.plays, d.floor from song_day d join song s on s.id = d.song_id order by 1, 2, 3`;

beforeAll(async () => {
  await loadSongs(db, ['s1', 's2', 's3'].map((id) => ({ id, title: id, artist: 'A' })));
  await loadListeners(db, [{ id: 'u1' }, { id: 'u2' }]);
});
beforeEach(async () => {
  await db.sql`truncate song_day, ingest_day, play`;
});

describe('a file is read', () => {
  const THREE = [
    { song: 's1', day: '2026-01-01', plays: 5, floor: null },
    { song: 's1', day: '2026-01-02', plays: null, floor: 40 },
    { song: 's2', day: '2026-01-01', plays: 7, floor: 3 },
  ];
  const PLAIN = 'song,day,plays,floor\ns1,2026-01-01,5.0,\ns1,2026-01-02,,40\ns2,2026-01-01,7,3\n';

  it.each([
    ['plain', PLAIN],
    ['with a byte order mark and CRLF', `\uFEFF${PLAIN.replaceAll('\n', '\r\n')}`],
    ['gzipped, whatever its name', gzipSync(PLAIN)],
    ['gzipped in two parts', Buffer.concat([gzipSync(PLAIN.slice(0, 40)), gzipSync(PLAIN.slice(40))])],
    ['with semicolons', PLAIN.replaceAll(',', ';')],
    ['with tabs, blank lines and no line break at the end', `${PLAIN.replaceAll(',', '\t').trim().replace('\n', '\n\n')}`],
    ['with quotes, spaces and a column of prose with line breaks', 'note,"song", day ,plays,floor\n"a, ""b""\nc",s1, 2026-01-01 ,"5",\nx"y,s1,2026/1/2,,40\n,s2,20260101,7,3\n'],
    ['with a row repeated', `${PLAIN}s1,2026-01-01,5,\n`],
  ])('%s', async (_, content) => {
    const summary = await given('daily', content);
    expect(summary).toMatchObject({ added: 3, rejected: 0 });
    expect(await counts()).toEqual(THREE);
  });

  it('together with others as one delivery, each once', async () => {
    const [one, two] = [await file('one.csv', 'song,day,plays\ns1,2026-01-01,5\n'), await file('two.csv', 'DATE;Track ID;Streams\n2026-01-01;s2;6\n')];
    const summary = await importFiles(db, 'daily', [one, two, one], { timeZone: 'UTC' });
    expect(summary).toMatchObject({ rows: 2, added: 2, days: { new: 1, unchanged: 0, replaced: 0 } });
  });

  it('with its progress told', async () => {
    const heard: string[] = [];
    await given('daily', PLAIN, { onProgress: ({ phase, done, total, rows }) => heard.push(`${phase} ${done}/${total} ${rows}`) });
    expect(heard).toEqual([`reading ${PLAIN.length}/${PLAIN.length} 3`, 'checking 0/0 3', 'applying 1/2 3', 'applying 2/2 3']);
  });
});

describe('a file is refused as a whole', () => {
  it.each([
    ['import-empty', ''],
    ['import-empty', '\n\n'],
    ['import-empty', gzipSync('')],
    ['import-column-missing', 'a,b\n1,2\n'],
    ['import-not-a-table', Buffer.from('PK\u0003\u0004 workbook')],
    ['import-not-a-table', Buffer.from('\uFEFFsong,day,plays\n', 'utf16le')],
    ['import-not-a-table', Buffer.from('song\0day')],
    ['import-broken', gzipSync('song,day,plays\n'.repeat(1000)).subarray(0, 30)],
    ['import-broken', 'song,day,plays\ns1,2026-01-01,5\ns1,"2026-01-02,6\n'],
    ['import-broken', Buffer.from('PAR1 but no more than that')],
  ])('%s', async (code, content) => {
    await expect(given('daily', content)).rejects.toMatchObject({ code });
    expect(await counts()).toEqual([]);
  });

  it('when it is not there, or a folder', async () => {
    await expect(importFiles(db, 'daily', [join(folder, 'none.csv')], { timeZone: 'UTC' })).rejects.toMatchObject({ code: 'import-no-file', context: { reason: 'ENOENT' } });
    await expect(importFiles(db, 'daily', [folder], { timeZone: 'UTC' })).rejects.toMatchObject({ code: 'import-no-file', context: { reason: 'EISDIR' } });
  });

  it('when a later one is, with what came before', async () => {
    const [good, bad] = [await file('good.csv', 'song,day,plays\ns1,2026-01-01,5\n'), await file('bad.csv', 'nothing,here\n')];
    await expect(importFiles(db, 'daily', [good, bad], { timeZone: 'UTC' })).rejects.toMatchObject({ code: 'import-column-missing' });
    expect(await counts()).toEqual([]);
  });
});

const MIXED = Buffer.concat([
  Buffer.from('song,day,plays,floor,note\ns1,2026-01-01,5,,good\ns1,2026-01-02,-3,,a\ns1,2026-02-30,3,,b\nnobody,2026-01-01,3,,c\n"s2",2026-01-01,9,,"two\nlines"\n'),
  Buffer.from('s2,2026-01-02,,,"d, ""e"""\ns2,2026-01-03,1\n,2026-01-03,1,,f\nnobody,2026-01-02,3,,g\ns1,2026-01-01,6,,h\ns3,2999-01-01,6,,i\ns3,2026-01-01,2000000000,,j\ns'),
  Buffer.from([0xe9]),
  Buffer.from(',2026-01-01,1,,k\ns1,2026-01-01,5,,again\n'),
]);

describe('a bad row', () => {
  const rejectsFile = join(folder, 'rejects.csv');

  it('is left out and written down with its file, line, reason and fields, and the others are applied', async () => {
    const summary = await given('daily', MIXED, { rejectsFile });
    expect(summary).toMatchObject({ rows: 14, added: 2, repeated: 1, rejected: 11, rejectsFile });
    expect(await counts()).toEqual([
      { song: 's1', day: '2026-01-01', plays: 5, floor: null },
      { song: 's2', day: '2026-01-01', plays: 9, floor: null },
    ]);
    const path = join(folder, 'given.csv');
    expect((await readFile(rejectsFile, 'utf8')).split('\n')).toEqual([
      'file,line,reason,song,day,plays,floor,note',
      `${path},3,bad-count: -3,s1,2026-01-02,-3,,a`,
      `${path},4,bad-date: 2026-02-30,s1,2026-02-30,3,,b`,
      `${path},5,unknown-song: nobody,nobody,2026-01-01,3,,c`,
      `${path},8,no-plays-no-floor,s2,2026-01-02,,,"d, ""e"""`,
      `${path},9,column-count,s2,2026-01-03,1,,`,
      `${path},10,empty-id,,2026-01-03,1,,f`,
      `${path},11,unknown-song: nobody,nobody,2026-01-02,3,,g`,
      `${path},12,conflict: s1 2026-01-01 other,s1,2026-01-01,6,,h`,
      `${path},13,date-out-of-range: 2999-01-01,s3,2999-01-01,6,,i`,
      `${path},14,bad-count: 2000000000,s3,2026-01-01,2000000000,,j`,
      `${path},15,bad-encoding: s\uFFFD,s\uFFFD,2026-01-01,1,,k`,
      '',
    ]);
  });

  it('is counted by its reason, and the first row of each is named', async () => {
    const { rejections } = await given('daily', MIXED);
    expect(rejections.filter(({ reason }) => reason === 'unknown-song')).toEqual([{ file: join(folder, 'given.csv'), line: 5, reason: 'unknown-song', value: 'nobody', count: 2 }]);
  });

  it('refuses everything when strict, with the same list', async () => {
    await expect(given('daily', MIXED, { strict: true, rejectsFile })).rejects.toMatchObject({
      code: 'import-refused',
      context: { count: 11 },
      rejections: expect.arrayContaining([expect.objectContaining({ line: 3, reason: 'bad-count', value: '-3' }), expect.objectContaining({ line: 13, reason: 'date-out-of-range' })]),
    });
    expect(await counts()).toEqual([]);
    expect((await given('daily', 'song,day,plays\ns1,2026-01-01,5\n', { strict: true })).added).toBe(1);
  });

  it('stops the import when it can not be written down', async () => {
    await expect(given('daily', MIXED, { rejectsFile: join(folder, 'no/such/folder.csv') })).rejects.toMatchObject({ code: 'import-rejects-file', context: { reason: 'ENOENT' } });
    expect(await counts()).toEqual([]);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is found in songs, listeners and plays too', async () => {
    const reasons = async (kind: ImportKind, text: string) => (await given(kind, text)).rejections.map(({ line, reason }) => `${line} ${reason}`);
    expect(await reasons('songs', 'id,title,artist,artist_id,release_date\nn1,T,,,\n,T,A,,\nn2,T,A,,2026-02-31\nn3,T,,a3,2003\nn3,U,,a3,2003\nn3,T,,a3,2003\n')).toEqual(['2 empty-artist', '3 empty-id', '4 bad-date', '6 conflict']);
    expect(await reasons('listeners', 'user_id,gender,birth_year,city\nv1,男,1990,臺北市\nv2,cat,,\nv3,f,1790,\nv1,f,1990,臺北市\n')).toEqual(['3 bad-gender', '4 bad-number', '5 conflict']);
    expect(await reasons('plays', 'listener,song,played_at,seconds\nu1,s1,2026-01-01 10:00,40\nu9,s1,2026-01-01 10:00,40\nu1,s9,2026-01-01 10:00,40\nu1,s1,2026-01-01,40\nu1,s1,2026-01-01 10:00,-1\nu1,s1,1999-01-01 10:00,\n')).toEqual([
      '3 unknown-listener', '4 unknown-song', '5 bad-date', '6 bad-number', '7 date-out-of-range',
    ]);
  });
});

describe('songs', () => {
  it('take their title from the id and their artist from its id where the file has no names', async () => {
    await given('songs', 'song_id,artist_id,publish_date,language\nx1,a7,2015-03-08,2\n');
    const [song] = await db.sql`select s.title, a.name, a.external_id as artist, s.release_date as released, s.language from song s join artist a on a.id = s.artist_id where s.external_id = 'x1'`;
    expect(song).toEqual({ title: 'x1', name: 'a7', artist: 'a7', released: '2015-03-08', language: '2' });
  });

  it('change where a later file differs, keep what it leaves out, and join the artist of the same name', async () => {
    await given('songs', 'id,title,artist,artist_id,genre,release_date\nc1,Old,Singer,c,pop,2026-01-05\nc2,Two,Singer,c,pop,\nc3,Three,Singer,c,rock,\n');
    expect(await given('songs', 'id,title,artist\nc1,New,ＳＩＮＧＥＲ\nc2,Two,Singer\nc4,Four,singer\n')).toMatchObject({ added: 1, replaced: 1, unchanged: 1 });
    const rows = await db.sql`select s.external_id as id, s.title, s.genre, s.release_date as released, a.external_id as artist, a.genre as usual from song s join artist a on a.id = s.artist_id where s.external_id like 'c%' order by 1`;
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['c1', 'New', 'pop', '2026-01-05', 'c', 'pop'],
      ['c2', 'Two', 'pop', null, 'c', 'pop'],
      ['c3', 'Three', 'rock', null, 'c', 'pop'],
      ['c4', 'Four', null, null, 'c', 'pop'],
    ]);
  });

  it('keep title and artist where a later file has their ids only, or cells left empty', async () => {
    await given('songs', 'id,title,artist,artist_id\ne1,Title,Name,e\ne2,Second,Name,e\n');
    const rows = () => db.sql`select s.title, s.title_key, a.name, a.name_key, a.external_id as artist from song s join artist a on a.id = s.artist_id where s.external_id in ('e1', 'e2') order by s.external_id`;
    const before = await rows();
    expect(await given('songs', 'id,title,artist,artist_id\ne1,,,\ne2,,,e\n')).toMatchObject({ unchanged: 2, rejected: 0 });
    expect(await given('songs', 'id,artist_id\ne1,e\ne2,e\n')).toMatchObject({ unchanged: 2 });
    expect(await rows()).toEqual(before);
    expect(await given('songs', 'id,artist_id,artist\ne3,e,\ne4,f,\ne5,f,Late name\n')).toMatchObject({ added: 3 });
    const added = await db.sql`select s.title, a.name from song s join artist a on a.id = s.artist_id where s.external_id in ('e3', 'e4', 'e5') order by s.external_id`;
    expect(added.map((row) => Object.values(row))).toEqual([['e3', 'Name'], ['e4', 'Late name'], ['e5', 'Late name']]);
  });

  it('are refused without a title where the file has titles, unless their title is known', async () => {
    await given('songs', 'id,title,artist\nt1,Known,A\n');
    const summary = await given('songs', 'id,title,artist\nt1,,A\nt2,,A\nt3,"  ",A\nt4,Here,A\nt5,,A\nt5,Later,A\n');
    expect(summary).toMatchObject({ added: 2, unchanged: 1, rejected: 3, rejections: [{ line: 3, reason: 'empty-title', value: 't2', count: 3 }] });
    const titles = await db.sql`select title from song where external_id in ('t1', 't2', 't3', 't4', 't5') order by external_id`;
    expect(titles.map(({ title }) => title)).toEqual(['Known', 'Here', 'Later']);
  });

  it('stay with their artist among several of one name', async () => {
    await given('songs', 'id,artist,artist_id\nh1,Twin,h-a\nh2,Twin,h-b\n');
    expect(await given('songs', 'id,artist\nh1,Twin\nh2,Twin\n')).toMatchObject({ unchanged: 2 });
  });
});
