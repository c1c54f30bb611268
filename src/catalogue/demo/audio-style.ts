import { randomFor } from './random.ts';

/** Samples per second of everything rendered. */
export const DEMO_SAMPLE_RATE = 22_050;

/** How everything of one artist sounds; says nothing about the appeal of a song. */
export type DemoStyle = {
  /** Beats per minute around which the songs lie. */
  tempo: number;
  /** Hz of the tonic of the bass. */
  tonic: number;
  minor: boolean;
  /** Partial k of a tone has amplitude k ** -rolloff. */
  chordRolloff: number;
  leadRolloff: number;
  /** Amplitudes of the players. */
  mix: { chord: number; bass: number; lead: number; kick: number; snare: number; hat: number };
  kickHz: number;
  hatSeconds: number;
  /** Echo in seconds and its amplitude. */
  echo: { seconds: number; level: number };
  /** Tone control: gain of what lies above about 2 kHz. */
  treble: number;
  /** Amplitude of steady noise beside full-scale music. */
  hiss: number;
};

/** @param artist any name or number; the same one always sounds the same. */
export function demoStyle(artist: string | number): DemoStyle {
  const random = randomFor(`style/${artist}`);
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const vary = (value: number, spread = 0.25) => value * Math.exp(spread * random.normal());
  return {
    tempo: between(86, 130),
    tonic: 55 * 2 ** (random.below(12) / 12),
    minor: random.uniform() < 0.5,
    chordRolloff: between(1.1, 2.2),
    leadRolloff: between(0.9, 2),
    mix: { chord: vary(0.12), bass: vary(0.3), lead: vary(0.2), kick: vary(0.5), snare: vary(0.25), hat: vary(0.12) },
    kickHz: between(42, 68),
    hatSeconds: between(0.025, 0.07),
    echo: { seconds: between(0.05, 0.35), level: between(0, 0.3) },
    treble: 10 ** (between(-5, 5) / 20),
    hiss: 10 ** (between(-75, -50) / 20),
  };
}
