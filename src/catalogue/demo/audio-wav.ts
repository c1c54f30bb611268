/**
 * A mono 16-bit WAV file. Source: Microsoft & IBM, Multimedia Programming Interface and Data Specifications 1.0, 1991.
 *
 * @param pcm full scale +-1; what lies outside is clipped.
 * @example wavFile(new Float32Array(10), 22050).length // 64: a header of 44 bytes and 20 bytes of samples
 */
export function wavFile(pcm: Float32Array, sampleRate: number): Uint8Array {
  const bytes = Buffer.alloc(44 + 2 * pcm.length);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + 2 * pcm.length, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(2 * sampleRate, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(2 * pcm.length, 40);
  const samples = new Int16Array(pcm.length);
  for (let i = 0; i < pcm.length; i++) samples[i] = Math.round(32767 * Math.max(-1, Math.min(1, pcm[i] as number)));
  Buffer.from(samples.buffer).copy(bytes, 44);
  return bytes;
}
