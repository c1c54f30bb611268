import type { FileHandle } from 'node:fs/promises';

const LARGEST_INDEX = 32 * 2 ** 20;

/**
 * True for an MP4 or M4A whose sound is encrypted (Common Encryption `enca`, iTunes `drms`): ffmpeg would decode it to noise or to
 * nothing, without saying why. Reads only the index (`moov`), wherever it stands.
 * Source: ISO/IEC 14496-12, 8.5.2 (sample entries) and 8.12 (protected streams).
 */
export async function isEncryptedMp4(file: FileHandle, size: number): Promise<boolean> {
  const header = Buffer.alloc(16);
  for (let at = 0, boxes = 0; at + 8 <= size && boxes < 10_000; boxes++) {
    const { bytesRead } = await file.read(header, 0, 16, at);
    const type = header.toString('latin1', 4, 8);
    if (bytesRead < 8 || !/^[\w ©-]{4}$/.test(type) || (at === 0 && !/^(ftyp|moov|free|skip|wide|mdat|styp)$/.test(type))) return false;
    const length = boxLength(header, bytesRead, size - at);
    if (type === 'moov') {
      const index = Buffer.alloc(Math.min(length, size - at, LARGEST_INDEX));
      await file.read(index, 0, index.length, at);
      return hasProtectedSound(index);
    }
    at += length;
  }
  return false;
}

/** Length of a box from its header; 0 means "to the end of the file", 1 "64 bits follow". Never less than a header. */
function boxLength(header: Buffer, read: number, rest: number): number {
  const length = header.readUInt32BE(0);
  if (length === 0) return rest;
  return Math.max(8, length === 1 && read === 16 ? Number(header.readBigUInt64BE(8)) : length);
}

/** The type of a track's first sample entry stands 16 bytes after the word `stsd`. */
function hasProtectedSound(index: Buffer): boolean {
  for (let at = index.indexOf('stsd'); at >= 0; at = index.indexOf('stsd', at + 4)) {
    if (/^(enca|drms|aavd)$/.test(index.toString('latin1', at + 16, at + 20))) return true;
  }
  return false;
}
