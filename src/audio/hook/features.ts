import { CHROMA_CLASSES } from '../chroma.ts';
import type { SongFrames } from '../song-frames.ts';
import { novelty, standardised } from './novelty.ts';
import { repeatsOf, type Repeats } from './repeats.ts';
import { similarityOver, type Similarity } from './similarity.ts';

/** What the classifier sees: one column a feature, one entry a frame; NaN where there is no answer. */
export type HookFeatures = { names: string[]; columns: Float32Array[]; repeats: Repeats; border: Float64Array; /** Cosine of the best repeat above the median. */ contrast: number };

/** A repeat counts from here: 1 is the song's 95th percentile. */
const STRONG = 0.7;
const KEPT = 6;
const AROUND = [-45, -30, -22, -15, -8, 8, 15, 22, 30, 45] as const;

/** Features of every frame, from repetition and position alone: neither gain nor pitch changes them. */
export function hookFeatures(song: SongFrames): HookFeatures {
  const dt = song.secondsPerFrame;
  const columns = new Map<string, Float64Array | Float32Array>();
  const near = similarityOver(song, 2);
  const borders = [novelty(near, frames(8, dt)), novelty(near, frames(16, dt))] as const;
  columns.set('border8', borders[0]);
  columns.set('border16', borders[1]);
  addBorderTimes(columns, borders[1], dt);
  let repeats: Repeats | undefined;
  let contrast = 0;
  for (const seconds of [6, 12, 20]) {
    const similarity = similarityOver(song, seconds);
    const found = repeatsOf(similarity, dt, KEPT);
    addRepeats(columns, `${seconds}s`, similarity, found, dt);
    if (seconds === 6) addRuns(columns, similarity, found, dt);
    if (seconds !== 12) continue;
    repeats = found;
    contrast = bestOf(found) * Math.max(similarity.high - similarity.median, 1e-3);
  }
  columns.set('change', changeOf(song));
  for (const [name, part] of [['bass', halves(song, 0)], ['treble', halves(song, 12)]] as const) addRepeats(columns, name, ...asRepeats(part, 8));
  for (const name of ['repeat1.12s', 'repeat2.12s', 'repeat4.12s', 'repeat1.6s', 'mean.treble', 'before.12s', 'after.12s', 'contextBefore.12s', 'contextAfter.12s', 'covered.20s', 'runBack', 'runAhead']) columns.set(`rank.${name}`, ranks(Float64Array.from(columns.get(name) as Float64Array)));
  columns.set('both', Float64Array.from(columns.get('before.12s') as Float64Array, (x, i) => x + (columns.get('after.12s') as Float64Array)[i]!));
  columns.set('rank.both', ranks(columns.get('both') as Float64Array));
  addSegments(columns, borders[1], song.count);
  addNeighbours(columns, song.count, dt);
  addPosition(columns, song);
  return { names: [...columns.keys()], columns: [...columns.values()].map((values) => Float32Array.from(values)), repeats: repeats as Repeats, border: borders[0], contrast };
}

const asRepeats = (song: SongFrames, seconds: number) => { const m = similarityOver(song, seconds); return [m, repeatsOf(m, song.secondsPerFrame, KEPT), song.secondsPerFrame] as const; };
function halves(song: SongFrames, from: number): SongFrames {
  const vectors = new Float32Array(song.vectors.length);
  for (let i = 0; i < song.count; i++) { let e = 0; for (let c = from; c < from + 12; c++) e += song.vectors[i * 24 + c]! ** 2; const k = e > 1e-12 ? 1 / Math.sqrt(e) : 0; for (let c = from; c < from + 12; c++) vectors[i * 24 + c] = song.vectors[i * 24 + c]! * k; }
  return { ...song, vectors };
}
const SEG = ['rank.12s', 'mean.6s', 'covered.12s', 'both', 'mean.treble', 'rank.20s', 'contextBefore.12s'];
function addSegments(columns: Map<string, Float64Array | Float32Array>, curve: Float64Array, count: number) {
  const isBorder = (i: number) => (curve[i] as number) > 0.5 && (curve[i] as number) >= (curve[i - 1] ?? -Infinity) && (curve[i] as number) > (curve[i + 1] ?? -Infinity);
  const b = [0]; for (let i = 1; i < count; i++) if (isBorder(i)) b.push(i); b.push(count);
  for (const name of SEG) {
    const v = columns.get(name)!; const m = b.slice(0, -1).map((s, k) => { let a = 0, n = 0; for (let i = s; i < b[k + 1]!; i++) if (!Number.isNaN(v[i]!)) { a += v[i]!; n++; } return n ? a / n : NaN; });
    for (const d of [-1, 0, 1]) { const o = new Float64Array(count); for (let k = 0; k < m.length; k++) for (let i = b[k]!; i < b[k + 1]!; i++) o[i] = m[k + d] ?? NaN; columns.set(`seg${d}.${name}`, o); }
  }
}
const frames = (seconds: number, dt: number) => Math.max(1, Math.round(seconds / dt));

const bestOf = ({ value, kept }: Repeats) => value.reduce((best, it, i) => (i % kept === 0 && it > best ? it : best), 0);

function addRepeats(columns: Map<string, Float64Array | Float32Array>, scale: string, { count, values }: Similarity, { kept, at, value }: Repeats, dt: number): void {
  const column = (name: string) => {
    const created = new Float64Array(count).fill(NaN);
    columns.set(`${name}.${scale}`, created);
    return created;
  };
  const ranked = Array.from({ length: kept }, (_, k) => column(`repeat${k + 1}`));
  const mean = column('mean');
  const before = column('before');
  const after = column('after');
  const first = column('first');
  const last = column('last');
  const nearest = column('nearest');
  const covered = column('covered');
  const contextBefore = column('contextBefore');
  const contextAfter = column('contextAfter');
  const shift = frames(15, dt);
  for (let frame = 0; frame < count; frame++) {
    let sum = 0;
    let counted = 0;
    const soft = [0, 0];
    const context = [0, 0];
    let firstAt = frame;
    let lastAt = frame;
    let lag = Infinity;
    for (let k = 0; k < kept; k++) {
      const other = at[frame * kept + k] as number;
      if (other < 0) break;
      const strength = value[frame * kept + k] as number;
      (ranked[k] as Float64Array)[frame] = strength;
      const side = other < frame ? 0 : 1;
      soft[side] = (soft[side] as number) + Math.min(1, Math.max(0, (strength - 0.4) / 0.6));
      if (strength > STRONG) {
        firstAt = Math.min(firstAt, other);
        lastAt = Math.max(lastAt, other);
        lag = Math.min(lag, Math.abs(other - frame));
      }
      if (k >= 3) continue;
      counted++;
      sum += strength;
      [-shift, shift].forEach((by, i) => {
        const a = Math.min(count - 1, Math.max(0, frame + by));
        const b = Math.min(count - 1, Math.max(0, other + by));
        context[i] = (context[i] as number) + (values[a * count + b] as number);
      });
    }
    if (counted > 0) {
      mean[frame] = sum / counted;
      contextBefore[frame] = (context[0] as number) / counted;
      contextAfter[frame] = (context[1] as number) / counted;
    }
    before[frame] = soft[0] as number;
    after[frame] = soft[1] as number;
    first[frame] = firstAt / count;
    last[frame] = lastAt / count;
    nearest[frame] = lag < Infinity ? lag * dt : NaN;
    let strong = 0;
    for (let other = 0; other < count; other++) if ((values[frame * count + other] as number) > STRONG) strong++;
    covered[frame] = strong / count;
  }
  columns.set(`rank.${scale}`, ranks(mean));
  columns.set(`coveredRank.${scale}`, ranks(covered));
}

/** How long the passage that comes again goes on backwards and forwards from each frame, along its three best repeats. */
function addRuns(columns: Map<string, Float64Array | Float32Array>, { count, values }: Similarity, { kept, at }: Repeats, dt: number): void {
  const back = new Float64Array(count);
  const ahead = new Float64Array(count);
  const most = frames(60, dt);
  for (let frame = 0; frame < count; frame++)
    for (let k = 0; k < 3; k++) {
      const other = at[frame * kept + k] as number;
      if (other < 0) break;
      for (const [side, into] of [[-1, back], [1, ahead]] as const) {
        let length = 0;
        for (; length < most; length++) {
          const a = frame + side * length;
          const b = other + side * length;
          if (a < 0 || b < 0 || a >= count || b >= count || (values[a * count + b] as number) < 0.5) break;
        }
        into[frame] = (into[frame] as number) + (length * dt) / 3;
      }
    }
  columns.set('runBack', back);
  columns.set('runAhead', ahead);
}

/** Seconds since the last clear border and until the next. */
function addBorderTimes(columns: Map<string, Float64Array | Float32Array>, curve: Float64Array, dt: number): void {
  const count = curve.length;
  const isBorder = (i: number) => (curve[i] as number) > 0.5 && (curve[i] as number) >= (curve[i - 1] ?? -Infinity) && (curve[i] as number) > (curve[i + 1] ?? -Infinity);
  const since = new Float64Array(count);
  const until = new Float64Array(count);
  for (let i = 0, last = 0; i < count; i++) {
    if (isBorder(i)) last = i;
    since[i] = (i - last) * dt;
  }
  for (let i = count - 1, next = count; i >= 0; i--) {
    until[i] = (next - i) * dt;
    if (isBorder(i)) next = i;
  }
  columns.set('sinceBorder', since);
  columns.set('untilBorder', until);
}

/** How fast the harmony changes, over 8 s, as a rank within the song. */
function changeOf({ vectors, count, secondsPerFrame }: SongFrames): Float64Array {
  const step = new Float64Array(count);
  for (let frame = 2; frame < count; frame++) {
    let cosine = 0;
    for (let c = 0; c < CHROMA_CLASSES; c++) cosine += (vectors[frame * CHROMA_CLASSES + c] as number) * (vectors[(frame - 2) * CHROMA_CLASSES + c] as number);
    step[frame] = 1 - cosine;
  }
  const half = frames(4, secondsPerFrame);
  return ranks(step.map((_, i) => meanOf(step, Math.max(0, i - half), Math.min(count, i + half + 1))));
}

const meanOf = (values: Float64Array, from: number, to: number) => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i] as number;
  return sum / (to - from);
};

const CARRIED = ['mean.12s', 'rank.12s', 'repeat1.12s', 'before.12s', 'after.12s', 'covered.12s', 'contextBefore.12s', 'contextAfter.12s', 'mean.20s', 'rank.6s', 'border16', 'first.12s', 'last.12s', 'change'];

/** The same values 15 and 30 s before and after. */
function addNeighbours(columns: Map<string, Float64Array | Float32Array>, count: number, dt: number): void {
  for (const name of CARRIED) {
    const values = columns.get(name) as Float64Array;
    for (const seconds of AROUND) {
      const shift = Math.round(seconds / dt);
      columns.set(`${name}${seconds > 0 ? '+' : ''}${seconds}`, Float64Array.from({ length: count }, (_, i) => values[i + shift] ?? NaN));
    }
  }
}

function addPosition(columns: Map<string, Float64Array | Float32Array>, { count, secondsPerFrame }: SongFrames): void {
  const each = (value: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => value(i));
  columns.set('position', each((i) => i / count));
  columns.set('fromStart', each((i) => i * secondsPerFrame));
  columns.set('toEnd', each((i) => (count - i) * secondsPerFrame));
  columns.set('length', each(() => count * secondsPerFrame));
}

/** Each value's place among all of them, 0..1; equal values share the mean of their places. NaN stays NaN. */
export function ranks(values: Float64Array): Float64Array {
  const order = Array.from(values.keys()).filter((i) => !Number.isNaN(values[i] as number)).sort((a, b) => (values[a] as number) - (values[b] as number));
  const result = new Float64Array(values.length).fill(NaN);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++;
    for (let i = from; i < to; i++) result[order[i] as number] = (from + to - 1) / 2 / Math.max(1, order.length - 1);
    from = to;
  }
  return result;
}
void standardised;
