import { constants, open, type FileHandle } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { UserError } from '../errors.ts';
import { isEncryptedMp4 } from './encrypted.ts';

const HEAD_BYTES = 16_384;

/** Files that send ffmpeg elsewhere: HLS, ffconcat, PLS, SDP, DASH, SMIL, ASX, XSPF, lists of addresses. */
const PLAYLIST = /^(\xEF\xBB\xBF)?\s*(#EXTM3U|ffconcat version|\[playlist\]|v=0\s)|<(MPD|smil|asx|playlist)\b|^\s*(https?|file):\/\//im;

/** The same by its first bytes: zeros behind it make it no text for us, but ffmpeg reads as far as they go. */
const PLAYLIST_START = /^(\xEF\xBB\xBF)?\s*(#EXTM3U|ffconcat version|\[playlist\]|v=0\s|<\?xml|<MPD)/i;

/** What `file-not-audio` may call a file. */
type Kind = 'image' | 'pdf' | 'document' | 'archive' | 'program' | 'font' | 'text' | 'playlist';

/**
 * Refuses, before ffmpeg sees it, a file that can't be a recording: judged by its content, never by its name.
 * Text is refused because ffmpeg would follow the references of an HLS, ffconcat or SDP file.
 *
 * @param maxBytes the most bytes a file may have.
 * @throws UserError `file-missing`, `file-empty`, `file-too-large`, `file-is-html` (what Slack sends when the token lacks files:read),
 *   `file-not-audio` with its kind, `audio-encrypted`.
 */
export async function refuseUnsuitable(path: string, maxBytes: number): Promise<void> {
  // Opening a pipe that nobody writes to would wait for ever
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
    throw new UserError('file-missing', {}, { cause: error });
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new UserError('file-missing');
    if (stat.size === 0) throw new UserError('file-empty');
    if (stat.size > maxBytes) throw new UserError('file-too-large', { megabytes: Math.ceil(stat.size / 1e6), limit: Math.floor(maxBytes / 1e6) });
    await refuseByContent(file, stat.size);
  } finally {
    await file.close();
  }
}

async function refuseByContent(file: FileHandle, size: number): Promise<void> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const head = buffer.subarray(0, bytesRead);
  const text = isText(head) ? head.toString('latin1') : undefined;
  if (text && /<(!doctype\s+html|html|head|body)\b/i.test(text.slice(0, 2048))) throw new UserError('file-is-html');
  if (text ? PLAYLIST.test(text) : PLAYLIST_START.test(head.toString('latin1'))) throw new UserError('file-not-audio', { kind: 'playlist' });
  const type = await fileTypeFromBuffer(head).catch(() => undefined);
  const kind = (type && kindOf(type.mime)) ?? (text && 'text');
  if (kind) throw new UserError('file-not-audio', { kind });
  if (await isEncryptedMp4(file, size)) throw new UserError('audio-encrypted');
}

/** The kind of a file that holds no sound; undefined for sound, film, and whatever ffmpeg may know better. */
function kindOf(mime: string): Kind | undefined {
  if (mime.startsWith('image/')) return 'image';
  if (mime.startsWith('font/')) return 'font';
  if (mime.startsWith('text/') || mime === 'application/xml') return 'text';
  if (mime === 'application/pdf' || mime === 'application/postscript') return 'pdf';
  if (/elf|msdownload|mach-binary|java|wasm|x-msi|apk|deb|rpm|unix-archive/.test(mime)) return 'program';
  if (/zip|x-rar|x-7z|x-tar|gzip|bzip|x-xz|zstd|lz4|x-lzip|compress|x-apple-diskimage/.test(mime)) return 'archive';
  if (/officedocument|opendocument|msword|rtf|epub|x-cfb|sqlite|x-blender|x-indesign/.test(mime)) return 'document';
  return undefined;
}

/** Bytes without controls other than white space: no sound file begins like this for 16 kB (or for its whole length). */
function isText(head: Buffer): boolean {
  const controls = head.filter((byte) => byte === 127 || (byte < 32 && ![9, 10, 12, 13, 27].includes(byte))).length;
  return controls === 0 || isUtf16(head);
}

/** A byte order mark and nearly every other byte zero; the mark alone may also begin an MPEG layer I frame. */
function isUtf16(head: Buffer): boolean {
  const order = head.readUIntBE(0, Math.min(2, head.length));
  if (order !== 0xfffe && order !== 0xfeff) return false;
  const high = head.subarray(2, 258).filter((_, index) => index % 2 === (order === 0xfffe ? 1 : 0));
  return high.filter((byte) => byte === 0).length > 0.8 * high.length;
}
