import type { DemoStyle } from './audio-style.ts';
import type { Random } from './random.ts';

export const SECTION_KINDS = ['intro', 'verse', 'chorus', 'bridge', 'outro'] as const;
export type SectionKind = (typeof SECTION_KINDS)[number];

/** Seconds from the start of the recording. */
export type DemoSection = { kind: SectionKind; start: number; end: number };

/** Sixteen steps to a bar of four beats. */
export const STEPS_PER_BAR = 16;

/** The music of one kind of section: every section of the kind plays it, so choruses repeat note for note. */
export type Part = {
  /** Semitones above the tonic of each bar's chord root, and whether its third is minor; the bars repeat. */
  chords: { root: number; minor: boolean }[];
  /** Two bars of candidates for the lead: scale degree and a threshold; notes whose threshold lies under the melody cue are played. */
  melody: { degree: number; threshold: number }[];
  /** Thresholds of two bars of percussion steps, likewise. */
  percussion: number[];
  /** Semitones of the scale. */
  scale: readonly number[];
  /** How loud the section is played, 0..1. */
  energy: number;
};

export type TimedSection = DemoSection & { bars: number; secondsPerStep: number };
export type Form = { sections: TimedSection[]; seconds: number; parts: Record<SectionKind, Part> };

const ORDERS: readonly (readonly [SectionKind, number][])[] = [
  [['intro', 4], ['verse', 8], ['chorus', 8], ['verse', 8], ['chorus', 8], ['bridge', 4], ['chorus', 8], ['outro', 2]],
  [['intro', 2], ['chorus', 8], ['verse', 8], ['chorus', 8], ['verse', 8], ['chorus', 8], ['outro', 4]],
  [['verse', 8], ['verse', 8], ['chorus', 8], ['bridge', 4], ['verse', 8], ['chorus', 8], ['chorus', 8]],
  [['intro', 4], ['verse', 4], ['chorus', 8], ['verse', 4], ['chorus', 8], ['bridge', 8], ['chorus', 8], ['chorus', 8], ['outro', 2]],
];
const MAJOR = [0, 2, 4, 5, 7, 9, 11] as const;
const MINOR = [0, 2, 3, 5, 7, 8, 10] as const;
const DEGREES: readonly (readonly number[])[] = [[0, 4, 5, 3], [5, 3, 0, 4], [0, 5, 3, 4], [3, 4, 0, 5], [0, 2, 3, 4], [1, 4, 0, 5], [5, 4, 3, 4], [0, 3, 1, 4]];
const ENERGY: Record<SectionKind, number> = { intro: 0.55, verse: 0.7, chorus: 1, bridge: 0.65, outro: 0.5 };

/** Order, times and music of a song. */
export function demoForm(style: DemoStyle, random: Random): Form {
  const tempo = style.tempo * (0.93 + 0.14 * random.uniform());
  const secondsPerStep = 60 / tempo / 4;
  let at = 0;
  const sections = random.pick(ORDERS).map(([kind, bars]) => {
    const start = at;
    at += bars * STEPS_PER_BAR * secondsPerStep;
    return { kind, start, end: at, bars, secondsPerStep };
  });
  const scale = style.minor ? MINOR : MAJOR;
  const kinds = SECTION_KINDS.map((kind) => [kind, part(kind, scale, random)] as const);
  return { sections, seconds: at, parts: Object.fromEntries(kinds) as Form['parts'] };
}

function part(kind: SectionKind, scale: readonly number[], random: Random): Part {
  let degree = 4 + random.below(4);
  const melody = Array.from({ length: 2 * STEPS_PER_BAR }, (_, step) => {
    degree = Math.min(11, Math.max(0, degree + random.below(5) - 2));
    return { degree, threshold: stepThreshold(step, random) };
  });
  const chords = random.pick(DEGREES).map((chord) => {
    const root = scale[chord] as number;
    const third = ((scale[(chord + 2) % 7] as number) - root + 12) % 12;
    return { root, minor: third === 3 };
  });
  const percussion = Array.from({ length: 2 * STEPS_PER_BAR }, (_, step) => stepThreshold(step, random));
  return { chords, melody, percussion, scale, energy: ENERGY[kind] };
}

/** Steps on the beat come in first, then the eighths, then the sixteenths between; thresholds lie in 0..1 evenly. */
function stepThreshold(step: number, random: Random): number {
  const rank = step % 4 === 0 ? 0 : step % 2 === 0 ? 1 : 2;
  return [0.25 * random.uniform(), 0.15 + 0.4 * random.uniform(), 0.45 + 0.55 * random.uniform()][rank] as number;
}
