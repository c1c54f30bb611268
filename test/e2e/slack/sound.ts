/** A WAV file of `seconds` seconds: four chords in a verse-and-chorus pattern, enough for a hook to be found. Mono, 16 bit, 22.05 kHz. */
export function wavSong(seconds: number, rate = 22_050): Uint8Array {
  const chords = [
    [220, 277.2, 329.6],
    [196, 246.9, 293.7],
    [174.6, 220, 261.6],
    [261.6, 329.6, 392],
  ];
  const samples = Int16Array.from({ length: Math.round(seconds * rate) }, (_, index) => {
    const time = index / rate;
    const part = Math.floor(time / 16) % 2;
    const chord = chords[(Math.floor(time / 2) + part) % chords.length];
    const beat = Math.exp(-6 * (time % 0.5));
    const tone = chord.reduce((sum, pitch) => sum + Math.sin(2 * Math.PI * pitch * (1 + part) * time), 0) / chord.length;
    return 12_000 * tone * (0.4 + 0.6 * beat);
  });
  return wavFile(samples, rate);
}

/** Digital silence. */
export const wavSilence = (seconds: number, rate = 22_050): Uint8Array => wavFile(new Int16Array(seconds * rate), rate);

function wavFile(samples: Int16Array, rate: number): Uint8Array {
  const file = Buffer.alloc(44 + samples.byteLength);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples.byteLength, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples.byteLength, 40);
  Buffer.from(samples.buffer).copy(file, 44);
  return file;
}
