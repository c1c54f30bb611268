import { expect, test } from 'vitest';
import { analyseAudio } from '../../src/audio/analyse.ts';
import { decode } from '../../src/audio/decode.ts';
import { createTagReader } from '../../src/audio/tags.ts';
import { createFolder, ffmpeg, MOST_BYTES } from './files.ts';
import { song, tone, wav } from './signals.ts';

const folder = createFolder();
const source = folder.write('source.wav', wav(song('A', 6)));
const TITLE = '晴天 = "A"; #1\\ 🎧';
const METADATA = ['-metadata', `title=${TITLE}`, '-metadata', 'artist=周杰倫', '-metadata', 'TSRC=tw-a53-03-12301', '-metadata', 'ISRC=tw-a53-03-12301', '-metadata', 'comment=one\ntitle=false'];
const tagsOf = async (path: string) => (await analyseAudio({ path, ffmpeg, maxBytes: MOST_BYTES })).tags;
const read = (metadata: string | Buffer) => {
  const tags = createTagReader();
  for (const byte of Buffer.from(metadata)) tags.read(Buffer.of(byte));
  return tags.finish();
};

test.each([
  ['ID3 of an mp3', 'a.mp3', ['-id3v2_version', '4']],
  ['ID3 of UTF-16', 'b.mp3', ['-id3v2_version', '3']],
  ['a flac', 'a.flac', []],
  ['an m4a', 'a.m4a', ['-movflags', 'use_metadata_tags']],
  ['an ogg', 'a.ogg', []],
  ["a wav's LIST", 'a.wav', []],
])('title, artist and ISRC are read from %s', async (_, name, more) => {
  expect(await tagsOf(folder.make(name, '-i', source, ...METADATA, ...more))).toEqual({ title: TITLE, artist: '周杰倫', isrc: 'TWA530312301' });
});

test('a file that says nothing has no tags, and a picture is none', async () => {
  const picture = folder.make('cover.png', '-f', 'lavfi', '-i', 'color=red:s=32x32:d=1', '-frames:v', '1');
  const path = folder.make('covered.mp3', '-i', source, '-i', picture, '-map', '0:a', '-map', '1:v', '-c:v', 'copy', '-disposition:v', 'attached_pic', '-metadata:s:v', 'title=Cover', '-map_metadata', '-1');
  expect(await tagsOf(path)).toEqual({});
});

test('tags become one readable line of at most 200 characters', () => {
  expect(read(';FFMETADATA1\nTITLE=a\\=b\nTSRC=tw-a53-03-12301\n')).toEqual({ title: 'a=b', isrc: 'TWA530312301' });
  expect(read('title= a\\\nb\u0000\u001b[31m\u202Egnp.exe \t c \nartist=\u0007\n')).toEqual({ title: 'a b [31m gnp.exe c' });
  expect([...(read(`title=${'🎧'.repeat(300)}\n`).title ?? '')]).toHaveLength(200);
  expect(read('comment=x\\\ntitle\\=false\ntitle=true\ntitle=later\n')).toEqual({ title: 'true' });
});

test('what is no ISRC and what is no UTF-8 is left out', () => {
  for (const isrc of ['TWA53031230', 'TWA5303123010', '12A530312301', 'none', '']) expect(read(`isrc=${isrc}\n`)).toEqual({});
  expect(read(Buffer.concat([Buffer.from('title='), Buffer.from('b4b8a4d1', 'hex'), Buffer.from('\nartist=ok\n')]))).toEqual({ artist: 'ok' });
});

test('tags without end are cut off', () => {
  const tags = createTagReader();
  tags.read(Buffer.from('title=first\ncomment='));
  for (let i = 0; i < 100; i++) tags.read(Buffer.alloc(65_536, 'x'));
  tags.read(Buffer.from('\nartist=too late\n'));
  expect(tags.finish()).toEqual({ title: 'first' });
});

test('describing a recording leaves its samples as they are', async () => {
  const stereo = folder.make('stereo.mp3', '-f', 'lavfi', '-i', 'aevalsrc=0.3*sin(500*t)|0.2*sin(700*t):d=20:s=44100');
  const samples = async (describe: boolean) => {
    const parts: Buffer[] = [];
    await decode({ path: stereo, ffmpeg, describe }, (pcm) => parts.push(Buffer.from(pcm.slice().buffer)));
    return Buffer.concat(parts);
  };
  const plain = await samples(false);
  expect(plain.length).toBeGreaterThan(19 * 88_200);
  expect((await samples(true)).equals(plain)).toBe(true);
});

const loudness = async (path: string, more = {}) => (await decode({ path, ffmpeg, describe: true, ...more }, () => undefined)).report.lufs;

test('a full-scale 997 Hz sine on one channel measures -3.01 LUFS, as ITU-R BS.1770 has it; 20 dB less, 20 less', async () => {
  expect(await loudness(folder.write('full.wav', wav(tone(997, 10, 1), { float: true })))).toBeCloseTo(-3, 0);
  expect(await loudness(folder.write('less.wav', wav(tone(997, 10, 0.1), { float: true })))).toBeCloseTo(-23, 0);
});

test('loudness is that of what is used of a long recording', async () => {
  const path = folder.make('rising.wav', '-f', 'lavfi', '-i', 'aevalsrc=if(lt(t\\,12)\\,0.1\\,1)*sin(6264*t):d=40:s=22050');
  expect(await loudness(path, { untilSeconds: 12 })).toBeCloseTo(-23, 0);
  expect(await loudness(path)).toBeGreaterThan(-6);
});

test.each([
  ['silence', '-f lavfi -i anullsrc=r=44100 -t 6'],
  ['a moment', '-f lavfi -i sine=r=44100:d=0.2'],
])('%s has no loudness', async (name, args) => {
  expect(await loudness(folder.make(`${name}.wav`, ...args.split(' ')))).toBeNull();
});

test.each([8_000, 11_025, 384_000])('sound at %i Hz is measured', async (rate) => {
  expect(await loudness(folder.make(`${rate}.wav`, '-f', 'lavfi', '-i', `sine=f=997:r=${rate}:d=6`))).toBeCloseTo(-21.1, 0);
});

test('channels without a layout are measured, too', async () => {
  expect(await loudness(folder.make('eight.wav', '-f', 'lavfi', '-i', 'aevalsrc=sin(6264*t)|0|0|0|0|0|0|0:d=6:s=44100', '-c:a', 'pcm_s16le'))).toBeCloseTo(-3, 0);
});
