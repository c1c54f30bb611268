import { expect, test } from 'vitest';
import { refuseUnsuitable } from '../../src/audio/sniff.ts';
import { createFolder, refusal } from './files.ts';
import { noise, wav } from './signals.ts';

const folder = createFolder();
const refused = async (content: Buffer | string, most = 1e6) => await refusal(refuseUnsuitable(folder.write('file', content), most));
const accepted = async (content: Buffer) => await refuseUnsuitable(folder.write('file', content), 1e6);

const pdf = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
const elf = Buffer.concat([Buffer.from('7f454c460201010000000000000000000200', 'hex'), Buffer.alloc(64)]);
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const zip = Buffer.concat([Buffer.from('504b030414000000000000000000', 'hex'), Buffer.alloc(64)]);
const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(128)]);

test.each([
  ['<!DOCTYPE html><html><head><title>Slack</title></head></html>'],
  ['\n\n  <html lang="en"><body>Sign in</body></html>'],
  ['\uFEFF<!doctype html>\n<p>登入</p>'],
])('a web page means that the token lacks files:read: %s', async (page) => {
  expect(await refused(page)).toEqual({ code: 'file-is-html', context: {} });
});

test.each([
  ['image', png],
  ['image', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1')],
  ['pdf', Buffer.from(pdf, 'latin1')],
  ['program', elf],
  ['program', exe],
  ['archive', zip],
  ['text', Buffer.from('Lyrics: 我願變成童話裡\n')],
  ['text', Buffer.from('\uFEFFLyrics in UTF-16, as Windows writes them', 'utf16le')],
  ['text', Buffer.from('{"ok":false,"error":"not_authed"}')],
  ['playlist', Buffer.from('#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n')],
  ['playlist', Buffer.from("ffconcat version 1.0\nfile '/etc/hostname'\n")],
  ['playlist', Buffer.from('v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n')],
  ['playlist', Buffer.from('<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>')],
])('a file of kind %s is called that', async (kind, content) => {
  expect(await refused(content)).toEqual({ code: 'file-not-audio', context: { kind } });
});

test('an empty file, a file that is gone and a folder are refused', async () => {
  expect(await refused('')).toEqual({ code: 'file-empty', context: {} });
  expect(await refusal(refuseUnsuitable(folder.path('deleted.mp3'), 1e6))).toEqual({ code: 'file-missing', context: {} });
  expect(await refusal(refuseUnsuitable(folder.path('.'), 1e6))).toEqual({ code: 'file-missing', context: {} });
});

test('the size limit is told with the size', async () => {
  expect(await refused(wav(noise(30)), 1e6)).toEqual({ code: 'file-too-large', context: { megabytes: 2, limit: 1 } });
});

test('sound, and bytes that only ffmpeg may know, pass', async () => {
  await accepted(wav(noise(1)));
  await accepted(Buffer.from('ID3\x04\x00\x00\x00\x00\x00\x00\xff\xfb\x90\x64', 'latin1'));
  await accepted(Buffer.concat([Buffer.from('fffe9000', 'hex'), Buffer.from(noise(1).buffer)]));
  await accepted(Buffer.concat([Buffer.from('Extended Module: song        \x1a', 'latin1'), Buffer.alloc(300)]));
});
