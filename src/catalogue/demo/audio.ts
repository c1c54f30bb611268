import { bassLine, chordHits, drumSteps, leadLine, type Cues } from './audio-arrangement.ts';
import { createBand } from './audio-band.ts';
import { master } from './audio-master.ts';
import { demoForm, type DemoSection } from './audio-form.ts';
import { DEMO_SAMPLE_RATE, demoStyle } from './audio-style.ts';
import { randomFor } from './random.ts';

export type DemoSongOptions = {
  /** Names the song: the same seed, artist and appeal give the same samples. */
  seed: string | number;
  /** Names the artist, whose sound (tempo, key, timbre, room, tone) all of their songs share; a song without one has its own. */
  artist?: string | number;
  /** Standard normal values that the sound shall carry; drawn from the seed when absent. */
  appeal?: { listeners: number; playsPerListener: number };
};

export type DemoSongAudio = {
  /** Mono, full scale +-1, 80 to 160 s. */
  pcm: Float32Array;
  sampleRate: number;
  /** In order, without gaps, from 0 to the end. */
  sections: DemoSection[];
  appeal: { listeners: number; playsPerListener: number };
};

/**
 * Renders an invented song whose sound carries its planted appeal: reach is heard in how busy percussion and lead are for their tempo, repeat
 * in how long chords and bass ring and how many voices they have. Both are independent of each other, of the tone colour, which belongs to
 * the artist, and of loudness, which is drawn at random.
 *
 * @example demoSong({ seed: 1 }).sections.filter(({ kind }) => kind === 'chorus').length >= 2 // true
 */
export function demoSong({ seed, artist = `of ${seed}`, appeal }: DemoSongOptions): DemoSongAudio {
  const random = randomFor(`song/${seed}`);
  const carried = appeal ?? { listeners: random.normal(), playsPerListener: random.normal() };
  const style = demoStyle(artist);
  const form = demoForm(style, random);
  const cues = heardCues(carried, random.normal);
  const band = createBand(form.seconds, style, random);
  for (const section of form.sections) {
    const part = form.parts[section.kind];
    for (const hit of chordHits(section, part, cues)) band.chord(hit);
    for (const note of bassLine(section, part, cues)) band.bass(note);
    for (const note of leadLine(section, part, cues)) band.lead(note);
    for (const step of drumSteps(section, part, cues)) band.drum(step);
  }
  const sections = form.sections.map(({ kind, start, end }) => ({ kind, start, end }));
  return { pcm: master(band.finish(), style, random), sampleRate: DEMO_SAMPLE_RATE, sections, appeal: carried };
}

/** What one hears is the appeal with a little chance, differently in every cue. */
function heardCues({ listeners, playsPerListener }: { listeners: number; playsPerListener: number }, normal: () => number): Cues {
  const share = (value: number) => 1 / (1 + Math.exp(-value));
  return {
    percussion: share(1.2 * listeners + 0.2 * normal()),
    melody: share(1.0 * listeners + 0.3 * normal()),
    sustain: 0.35 * Math.exp(0.75 * playsPerListener + 0.12 * normal()),
    voices: Math.min(6, Math.max(2, Math.round(3.6 + 1.0 * playsPerListener + 0.3 * normal()))),
  };
}
