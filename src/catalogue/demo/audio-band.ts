import type { Hit, Note } from './audio-arrangement.ts';
import { DEMO_SAMPLE_RATE, type DemoStyle } from './audio-style.ts';
import type { Random } from './random.ts';

const TABLE = 4096;
const ATTACK = Math.round(0.004 * DEMO_SAMPLE_RATE);
const RELEASE = Math.round(0.015 * DEMO_SAMPLE_RATE);

/** Plays notes and hits into one track. */
export type Band = { chord(note: Note): void; bass(note: Note): void; lead(note: Note): void; drum(hit: Hit): void; finish(): Float32Array };

export function createBand(seconds: number, style: DemoStyle, random: Random): Band {
  const track = new Float32Array(Math.ceil(seconds * DEMO_SAMPLE_RATE));
  const wave = waveTables();
  const drums = drumSamples(style, random);
  const play = (note: Note, gain: number, rolloff: number, partials: number) => {
    const hz = style.tonic * 2 ** (note.semitones / 12);
    const most = Math.min(partials, Math.floor((0.45 * DEMO_SAMPLE_RATE) / hz));
    addTone(track, note, hz, gain * note.gain, wave(rolloff, Math.max(1, most)));
  };
  return {
    chord: (note) => play(note, style.mix.chord, style.chordRolloff, 8),
    bass: (note) => play(note, style.mix.bass, 1.8, 4),
    lead: (note) => play(note, style.mix.lead, style.leadRolloff, 10),
    drum: (hit) => {
      const sample = drums[hit.drum];
      const gain = style.mix[hit.drum] * hit.gain;
      const from = Math.round(hit.start * DEMO_SAMPLE_RATE);
      const end = Math.min(sample.length, track.length - from);
      for (let i = 0; i < end; i++) track[from + i] = (track[from + i] as number) + gain * (sample[i] as number);
    },
    finish: () => track,
  };
}

/** One period of a tone with partials 1..count falling off as k ** -rolloff, kept by its two numbers. */
function waveTables(): (rolloff: number, partials: number) => Float32Array {
  const tables = new Map<string, Float32Array>();
  return (rolloff, partials) => {
    const key = `${rolloff} ${partials}`;
    const known = tables.get(key);
    if (known) return known;
    const table = new Float32Array(TABLE);
    for (let k = 1; k <= partials; k++)
      for (let i = 0; i < TABLE; i++) table[i] = (table[i] as number) + k ** -rolloff * Math.sin((2 * Math.PI * k * i) / TABLE);
    tables.set(key, table);
    return table;
  };
}

/** A tone with a short attack, exponential decay and a short release, added to the track. */
function addTone(track: Float32Array, note: Note, hz: number, gain: number, table: Float32Array): void {
  const from = Math.round(note.start * DEMO_SAMPLE_RATE);
  const length = Math.min(Math.round(note.length * DEMO_SAMPLE_RATE), track.length - from);
  const step = (hz * TABLE) / DEMO_SAMPLE_RATE;
  const fade = Math.exp(-1 / (note.decay * DEMO_SAMPLE_RATE));
  let level = gain;
  let phase = 0;
  for (let i = 0; i < length; i++) {
    const edge = i < ATTACK ? i / ATTACK : length - i < RELEASE ? (length - i) / RELEASE : 1;
    track[from + i] = (track[from + i] as number) + level * edge * (table[phase & (TABLE - 1)] as number);
    phase += step;
    level *= fade;
  }
}

function drumSamples(style: DemoStyle, random: Random): Record<Hit['drum'], Float32Array> {
  const sample = (seconds: number, at: (time: number) => number) =>
    Float32Array.from({ length: Math.round(seconds * DEMO_SAMPLE_RATE) }, (_, i) => at(i / DEMO_SAMPLE_RATE));
  const noise = () => 2 * random.uniform() - 1;
  let last = 0;
  const brightNoise = () => {
    const now = noise();
    const difference = now - last;
    last = now;
    return difference;
  };
  return {
    kick: sample(0.3, (time) => Math.sin(2 * Math.PI * (style.kickHz * time + 4 * (1 - Math.exp(-time / 0.03)))) * Math.exp(-time / 0.09)),
    snare: sample(0.22, (time) => (0.7 * noise() + 0.4 * Math.sin(2 * Math.PI * 190 * time)) * Math.exp(-time / 0.06)),
    hat: sample(4 * style.hatSeconds, (time) => brightNoise() * Math.exp(-time / style.hatSeconds)),
  };
}
