import { DEMO_SAMPLE_RATE, type DemoStyle } from './audio-style.ts';
import type { Random } from './random.ts';

/**
 * Room, tone, hiss and level. The level (RMS of the whole song) is drawn between -26 and -14 dB, so that loudness says nothing; what
 * exceeds 0.8 is bent towards 1.
 */
export function master(track: Float32Array, style: DemoStyle, random: Random): Float32Array {
  echo(track, Math.round(style.echo.seconds * DEMO_SAMPLE_RATE), style.echo.level);
  tone(track, style.treble);
  const wanted = 10 ** ((-26 + 12 * random.uniform()) / 20);
  const rms = Math.sqrt(track.reduce((sum, value) => sum + value * value, 0) / track.length);
  const gain = wanted / rms;
  for (let i = 0; i < track.length; i++) track[i] = limit(gain * ((track[i] as number) + style.hiss * (2 * random.uniform() - 1)));
  return track;
}

function echo(track: Float32Array, delay: number, level: number): void {
  for (let i = delay; i < track.length; i++) track[i] = (track[i] as number) + level * (track[i - delay] as number);
}

/** Splits at about 2 kHz with one pole and scales the upper part. */
function tone(track: Float32Array, treble: number): void {
  const share = 1 - Math.exp((-2 * Math.PI * 2000) / DEMO_SAMPLE_RATE);
  let low = 0;
  for (let i = 0; i < track.length; i++) {
    const value = track[i] as number;
    low += share * (value - low);
    track[i] = low + treble * (value - low);
  }
}

function limit(value: number): number {
  const size = Math.abs(value);
  return size <= 0.8 ? value : Math.sign(value) * (0.8 + 0.2 * Math.tanh((size - 0.8) / 0.2));
}
