import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyseAudio } from '../../src/audio/analyse.ts';
import { UserError } from '../../src/errors.ts';
import { childrenOf, createFolder, ffmpeg, MOST_BYTES } from './files.ts';
import { anyWav, boxesOf, gzipBomb, id3, samples } from './hostile-files.ts';
import { noise, wav } from './signals.ts';

const folder = createFolder();

/** What becomes of a file: a code, or its seconds and the codes of its warnings. */
async function outcome(path: string, timeoutSeconds = 30): Promise<string> {
  try {
    const { seconds, warnings, logMel, hook, level } = await analyseAudio({ path, ffmpeg, maxBytes: MOST_BYTES, timeoutSeconds });
    expect(logMel.every(Number.isFinite)).toBe(true);
    expect(hook.end).toBeLessThanOrEqual(seconds + 1e-9);
    expect(level.lufs === null || Number.isFinite(level.lufs)).toBe(true);
    return [`${Math.round(seconds)} s`, ...warnings.map(({ code }) => code)].join(', ');
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
}

const s16 = samples(8, 's16');
const floats = (value: number) => {
  const bytes = samples(8, 'f64');
  bytes.writeDoubleLE(value, 800_000);
  return bytes;
};
const whole = '8 s, hook-whole';

describe('WAV headers', () => {
  test.each<[string, Buffer, string]>([
    ['data of unknown length, as a stream writes it', anyWav(s16, { dataSize: 0xffffffff, riffSize: 0xffffffff }), whole],
    ['data of 0 bytes, and then some', anyWav(s16, { dataSize: 0 }), whole],
    ['a file of 4 bytes, it says', anyWav(s16, { riffSize: 4 }), whole],
    ['an hour promised, 8 s given', anyWav(s16, { dataSize: 3600 * 44_100 }), whole],
    ['8 bits', anyWav(samples(8, 's8'), { bits: 8 }), whole],
    ['24 bits', anyWav(samples(8, 's24'), { bits: 24 }), whole],
    ['64-bit floats', anyWav(samples(8, 'f64'), { bits: 64, format: 3 }), whole],
    ['a NaN among 64-bit floats', anyWav(floats(NaN), { bits: 64, format: 3 }), 'audio-not-finite'],
    ['a double beyond what a float can hold', anyWav(floats(1e300), { bits: 64, format: 3 }), 'audio-not-finite'],
    ['a sample of 1e30', anyWav(floats(1e30), { bits: 64, format: 3 }), whole],
    ['1 Hz', anyWav(samples(8, 's16').subarray(0, 20), { rate: 1 }), 'audio-unreadable'],
    ['384 kHz', anyWav(samples(8, 's16', 384_000), { rate: 384_000 }), whole],
    ['0 Hz', anyWav(s16, { rate: 0 }), 'audio-unreadable'],
    ['4 GHz', anyWav(s16, { rate: 0xffffffff }), 'audio-unreadable'],
    ['no channel', anyWav(s16, { channels: 0 }), 'audio-unreadable'],
    ['8 channels', anyWav(Buffer.concat(Array.from({ length: 8 }, () => s16)), { channels: 8 }), whole],
    ['65535 channels', anyWav(s16, { channels: 65_535, blockAlign: 2 }), 'audio-unreadable'],
    ['0 bits in blocks of 0 bytes', anyWav(s16, { bits: 0, blockAlign: 0 }), 'audio-unreadable'],
    ['an unknown codec', anyWav(s16, { format: 0x6666 }), 'audio-unreadable'],
    ['a WAV inside a WAV', anyWav(anyWav(s16)), whole],
    ['one sample', anyWav(s16.subarray(0, 2)), 'audio-too-short'],
    ['half a sample', anyWav(s16.subarray(0, 1)), 'audio-unreadable'],
    ['a header and nothing else', anyWav(Buffer.alloc(0)), 'audio-unreadable'],
    ['a constant', wav(new Float32Array(8 * 22_050).fill(0.7)), 'audio-silent'],
    ['exactly 5 s', wav(noise(5)), '5 s, hook-whole'],
    ['exactly 30 s', wav(noise(30)), '30 s'],
  ])('%s', async (name, content, expected) => {
    expect(await outcome(folder.write(`${name.replaceAll(' ', '-')}.wav`, content))).toBe(expected);
  });
});

describe('MP3s and their tags', () => {
  let mp3: Buffer;
  beforeAll(() => {
    mp3 = readFileSync(folder.make('plain.mp3', '-i', folder.write('plain.wav', wav(noise(8))), '-id3v2_version', '0'));
  });
  test.each<[string, () => Buffer, string]>([
    ['10 MB of a private frame', () => Buffer.concat([id3({ PRIV: Buffer.concat([Buffer.from('owner\0'), Buffer.alloc(10_000_000)]) }), mp3]), whole],
    ['10 MB of a comment', () => Buffer.concat([id3({ COMM: Buffer.concat([Buffer.from('\0eng\0'), Buffer.alloc(10_000_000, 'x')]) }), mp3]), whole],
    ['a picture that is none, of 5 MB', () => Buffer.concat([id3({ APIC: Buffer.concat([Buffer.from('\0image/png\0\x03\0'), Buffer.alloc(5_000_000, 7)]) }), mp3]), whole],
    ['a picture that is an mp3 with a picture', () => Buffer.concat([id3({ APIC: Buffer.concat([Buffer.from('\0audio/mpeg\0\x03\0'), id3({ APIC: mp3 }), mp3]) }), mp3]), whole],
    ['300 tags, one after the other', () => Buffer.concat([...Array.from({ length: 300 }, () => id3({ TIT2: Buffer.from('\0x') })), mp3]), whole],
    ['a tag of 256 MB, it says', () => Buffer.concat([id3({ TIT2: Buffer.from('\0x') }, 2 ** 28 - 1), mp3]), 'audio-unreadable'],
    ['a tag and nothing else', () => id3({ TIT2: Buffer.from('\0x') }), 'audio-unreadable'],
    ['an archive behind it', () => Buffer.concat([mp3, Buffer.from('504b0304', 'hex'), Buffer.alloc(5000, 'PK')]), '8 s, audio-damaged, hook-whole'],
    ['another rate half way', () => Buffer.concat([mp3, readFileSync(folder.make('other.mp3', '-i', folder.path('plain.wav'), '-ar', '44100', '-ac', '2', '-id3v2_version', '0', '-write_xing', '0'))]), '16 s, hook-whole'],
  ])('%s', async (name, content, expected) => {
    expect(await outcome(folder.write(`${name.replaceAll(' ', '-')}.mp3`, content()))).toBe(expected);
  });
  test('a comment of a million lines, on which ffmpeg would work for minutes, is given up in time', async () => {
    const path = folder.write('lines.mp3', Buffer.concat([id3({ COMM: Buffer.concat([Buffer.from('\0eng\0'), Buffer.alloc(2_000_000, 'x\n')]) }), mp3]));
    expect(await outcome(path, 1)).toBe('audio-timeout');
  });
});

describe('other things by the name of a recording', () => {
  const archive = 'file-not-audio';
  test.each<[string, Buffer | string, string]>([
    ['a gzip bomb', gzipBomb(), archive],
    ['a zip', Buffer.concat([Buffer.from('504b0304140000000800', 'hex'), Buffer.alloc(100)]), archive],
    ['a 7z', Buffer.concat([Buffer.from('377abcaf271c0004', 'hex'), Buffer.alloc(100)]), archive],
    ['an xz', Buffer.concat([Buffer.from('fd377a585a000004', 'hex'), Buffer.alloc(100)]), archive],
    ['a page', '<html><body>Sign in</body></html>', 'file-is-html'],
    ['an answer', '{"ok":false,"error":"file_not_found"}', archive],
    ['XML that grows', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>', archive],
    ['HLS', '#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\nplain.mp3\n#EXT-X-ENDLIST\n', archive],
    ['HLS with a zero byte behind it', '#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\nplain.mp3\n#EXT-X-ENDLIST\n\0\0\0', archive],
    ['ffconcat with a zero byte behind it', 'ffconcat version 1.0\nfile plain.mp3\n\0\0', archive],
    ['ffconcat behind a mark', '\uFEFFffconcat version 1.0\nfile plain.mp3\n', archive],
    ['SDP with a zero byte', 'v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n\0', archive],
    ['DASH with a zero byte behind it', '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period/></MPD>\0', archive],
    ['MIDI', Buffer.from('4d546864000000060000000100604d54726b0000000400ff2f00', 'hex'), 'audio-unreadable'],
    ['zeros', Buffer.alloc(100_000), 'audio-unreadable'],
  ])('%s', async (name, content, expected) => {
    expect(await outcome(folder.write(`${name.replaceAll(' ', '-')}.mp3`, content))).toBe(expected);
  });
});

describe('containers', () => {
  let source: string;
  let m4a: Buffer;
  beforeAll(() => {
    source = folder.write('source.wav', wav(noise(8)));
    m4a = readFileSync(folder.make('clear.m4a', '-i', source, '-c:a', 'aac'));
  });
  const boxes = (keep: (type: string) => boolean) => Buffer.concat(boxesOf(m4a).filter(({ type }) => keep(type)).map(({ bytes }) => bytes));
  test('an MP4 without its index', async () => {
    expect(await outcome(folder.write('no-moov.m4a', boxes((type) => type !== 'moov')))).toBe('audio-unreadable');
  });
  test('an MP4 whose index stands last and is cut', async () => {
    expect(await outcome(folder.write('cut-moov.m4a', m4a.subarray(0, -200)))).toBe('audio-unreadable');
  });
  test('an MP4 with an index and no sound', async () => {
    expect(await outcome(folder.write('no-mdat.m4a', boxes((type) => type !== 'mdat')))).toBe('audio-unreadable');
  });
  test('an edit list leaves out the beginning', async () => {
    expect(await outcome(folder.make('edited.m4a', '-ss', '2', '-i', folder.path('clear.m4a'), '-c', 'copy'))).toBe('6 s, hook-whole');
  });
  test('two Ogg files, one after the other', async () => {
    const ogg = readFileSync(folder.make('one.ogg', '-i', source));
    expect(await outcome(folder.write('chained.ogg', Buffer.concat([ogg, ogg])))).toBe('16 s, hook-whole');
  });
  test('a film without sound, and subtitles alone', async () => {
    expect(await outcome(folder.make('mute.avi', '-f', 'lavfi', '-i', 'testsrc=d=8:s=64x48:r=5', '-c:v', 'mpeg4'))).toBe('audio-no-stream');
    const words = folder.write('words.srt', '1\n00:00:00,000 --> 00:00:08,000\nla la\n');
    expect(await outcome(folder.make('words.mkv', '-i', words, '-c:s', 'srt'))).toBe('audio-no-stream');
  });
  test('of three tracks the first is heard', async () => {
    const args = [5, 9, 14].flatMap((seconds) => ['-f', 'lavfi', '-i', `anoisesrc=d=${seconds}:r=22050`]);
    expect(await outcome(folder.make('tracks.mka', ...args, '-map', '1', '-map', '0', '-map', '2'))).toBe('9 s, hook-whole');
  });
  test('half an hour of silence in 331 kB', async () => {
    const path = folder.make('silence.flac', '-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono', '-t', '1800');
    expect(readFileSync(path).length).toBeLessThan(400_000);
    expect(await outcome(path)).toBe('audio-silent');
  });
  test('a FLAC cut off within its header', async () => {
    const flac = readFileSync(folder.make('whole.flac', '-i', source));
    expect(await outcome(folder.write('header.flac', flac.subarray(0, 30)))).toBe('audio-unreadable');
  });
});

describe('places', () => {
  const linux = existsSync('/proc/self/task');
  test('a link to a recording is the recording', async () => {
    symlinkSync(folder.write('real.wav', wav(noise(8))), folder.path('link.wav'));
    expect(await outcome(folder.path('link.wav'))).toBe(whole);
  });
  test('a link to nothing, a link to a folder, and a folder', async () => {
    symlinkSync(folder.path('gone.wav'), folder.path('dangling.wav'));
    symlinkSync(folder.path('.'), folder.path('folder.wav'));
    for (const name of ['dangling.wav', 'folder.wav', '.']) expect(await outcome(folder.path(name))).toBe('file-missing');
  });
  test.runIf(linux)('a pipe that nobody writes to, and a device without end', async () => {
    execFileSync('sh', ['-c', 'command -p mkfifo "$0"', folder.path('pipe.wav')]);
    expect(await outcome(folder.path('pipe.wav'))).toBe('file-missing');
    expect(await outcome('/dev/zero')).toBe('file-missing');
  });
  test.skipIf(!linux || process.getuid?.() === 0)('a file that may not be read (skipped as root, who may read everything)', async () => {
    const path = folder.write('secret.wav', wav(noise(8)));
    chmodSync(path, 0o000);
    expect(await outcome(path)).toBe('file-missing');
  });
  afterAll(() => {
    if (linux) expect(childrenOf(process.pid)).toEqual([]);
  });
});
