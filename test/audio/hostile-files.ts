import { gzipSync } from 'node:zlib';
import { SAMPLE_RATE } from '../../src/audio/decode.ts';
import { noise } from './signals.ts';

type WavHeader = { format: number; channels: number; rate: number; bits: number; blockAlign: number; byteRate: number; riffSize: number; dataSize: number };

/** A WAV file around `data` whose header may say anything; without `header` it tells the truth: 16 bits, mono, 22.05 kHz. */
export function anyWav(data: Buffer, header: Partial<WavHeader> = {}): Buffer {
  const { format = 1, channels = 1, rate = SAMPLE_RATE, bits = 16 } = header;
  const { blockAlign = (channels * bits) / 8, riffSize = 36 + data.length, dataSize = data.length } = header;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(riffSize, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(format, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE((header.byteRate ?? rate * blockAlign) >>> 0, 28);
  head.writeUInt16LE(blockAlign & 0xffff, 32);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(dataSize, 40);
  return Buffer.concat([head, data]);
}

/** Seconds of noise as samples of one format. */
export function samples(seconds: number, kind: 's8' | 's16' | 's24' | 'f32' | 'f64', rate = SAMPLE_RATE): Buffer {
  const pcm = noise((seconds * rate) / SAMPLE_RATE);
  const width = { s8: 1, s16: 2, s24: 3, f32: 4, f64: 8 }[kind];
  const bytes = Buffer.alloc(pcm.length * width);
  pcm.forEach((sample, i) => {
    if (kind === 's8') bytes.writeUInt8(128 + Math.round(100 * sample), i);
    else if (kind === 'f32') bytes.writeFloatLE(0.5 * sample, 4 * i);
    else if (kind === 'f64') bytes.writeDoubleLE(0.5 * sample, 8 * i);
    else bytes.writeIntLE(Math.round(0.5 * sample * (2 ** (8 * width - 1) - 1)), width * i, width);
  });
  return bytes;
}

/** An ID3v2.3 tag of these frames; `claimed` is the size that its header states. */
export function id3(frames: Record<string, Buffer>, claimed?: number): Buffer {
  const body = Buffer.concat(
    Object.entries(frames).map(([name, content]) => {
      const head = Buffer.alloc(10);
      head.write(name, 0, 'latin1');
      head.writeUInt32BE(content.length, 4);
      return Buffer.concat([head, content]);
    }),
  );
  const size = claimed ?? body.length;
  return Buffer.concat([Buffer.from('ID3\x03\x00\x00', 'latin1'), Buffer.of((size >> 21) & 127, (size >> 14) & 127, (size >> 7) & 127, size & 127), body]);
}

/** 100 MB of zeros. */
export const gzipBomb = (): Buffer => gzipSync(Buffer.alloc(100_000_000), { level: 9 });

/** The boxes of an MP4 file: type and bytes, header included. */
export function boxesOf(mp4: Buffer): { type: string; bytes: Buffer }[] {
  const boxes: { type: string; bytes: Buffer }[] = [];
  for (let at = 0; at + 8 <= mp4.length; ) {
    const size = Math.max(8, mp4.readUInt32BE(at));
    boxes.push({ type: mp4.toString('latin1', at + 4, at + 8), bytes: mp4.subarray(at, at + size) });
    at += size;
  }
  return boxes;
}
