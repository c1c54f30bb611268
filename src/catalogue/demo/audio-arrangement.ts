import { STEPS_PER_BAR, type Part, type TimedSection } from './audio-form.ts';

/** The audible side of appeal. */
export type Cues = {
  /** Share of the possible percussion and lead steps that are played, 0..1. */
  percussion: number;
  melody: number;
  /** Seconds in which chords and bass fall to 1/e. */
  sustain: number;
  /** Voices of a chord. */
  voices: number;
};

/** Something to be played: `semitones` above the tonic of the bass, `decay` in seconds to 1/e, `length` cuts it off. */
export type Note = { start: number; length: number; semitones: number; decay: number; gain: number };
export type Hit = { start: number; gain: number; drum: 'kick' | 'snare' | 'hat' };

const timeOf = (section: TimedSection, step: number) => section.start + step * section.secondsPerStep;
const chordOf = (part: Part, bar: number) => part.chords[bar % part.chords.length] as Part['chords'][number];

/** Chords on every beat, stacked in thirds and octaves from two octaves above the bass. */
export function* chordHits(section: TimedSection, part: Part, cues: Cues): Generator<Note> {
  for (let beat = 0; beat < section.bars * 4; beat++) {
    const { root, minor } = chordOf(part, Math.floor(beat / 4));
    const stack = [0, minor ? 3 : 4, 7, 12, minor ? 10 : 14, 19];
    const gain = (part.energy * (beat % 4 === 0 ? 1 : 0.75)) / Math.sqrt(cues.voices);
    for (const interval of stack.slice(0, cues.voices))
      yield { start: timeOf(section, beat * 4), length: Math.min(2.2, 4 * cues.sustain), semitones: 24 + root + interval, decay: cues.sustain, gain };
  }
}

/** The root on beats one and three, the fifth before the next bar. */
export function* bassLine(section: TimedSection, part: Part, cues: Cues): Generator<Note> {
  for (let bar = 0; bar < section.bars; bar++) {
    const { root } = chordOf(part, bar);
    for (const [step, interval] of [[0, 0], [8, 0], [14, 7]] as const)
      yield { start: timeOf(section, bar * STEPS_PER_BAR + step), length: Math.min(1.2, 3 * cues.sustain), semitones: root + interval, decay: cues.sustain, gain: part.energy };
  }
}

/** Two bars that repeat; silent in the intro and the outro. */
export function* leadLine(section: TimedSection, part: Part, cues: Cues): Generator<Note> {
  if (section.kind === 'intro' || section.kind === 'outro') return;
  for (let step = 0; step < section.bars * STEPS_PER_BAR; step++) {
    const { degree, threshold } = part.melody[step % part.melody.length] as Part['melody'][number];
    if (threshold > cues.melody) continue;
    const semitones = 36 + Math.floor(degree / 7) * 12 + (part.scale[degree % 7] as number);
    yield { start: timeOf(section, step), length: 2.5 * section.secondsPerStep, semitones, decay: 0.25, gain: part.energy };
  }
}

/** Kick on one and three, snare on two and four, hats on as many steps as the song's percussion cue lets in. */
export function* drumSteps(section: TimedSection, part: Part, cues: Cues): Generator<Hit> {
  const quiet = section.kind === 'intro' || section.kind === 'outro';
  for (let step = 0; step < section.bars * STEPS_PER_BAR; step++) {
    const start = timeOf(section, step);
    const inBar = step % STEPS_PER_BAR;
    if (!quiet && inBar % 8 === 0) yield { start, gain: part.energy, drum: 'kick' };
    if (!quiet && inBar % 8 === 4) yield { start, gain: part.energy, drum: 'snare' };
    if ((part.percussion[step % part.percussion.length] as number) <= cues.percussion) yield { start, gain: part.energy * (inBar % 4 === 0 ? 1 : 0.7), drum: 'hat' };
  }
}
