import { blend, toPlays, voices, type HeldOut } from './calibration.ts';
import type { DataKind } from './engine.ts';
import { scoreForecast } from './scoring.ts';

const STEPS = 10;

/**
 * Of the shaped and the straight trees and the third member (members.ts); these held up on every split of the public data. Complete counts are so noisy, and so few songs have them, that the
 * usual course says most.
 */
export const USUAL_WEIGHTS: Record<DataKind, number[]> = { chart: [0.3, 0.4, 0.3], complete: [0.02, 0.03, 0.95] };
/**
 * As many voices tell as much as the usual weights. On the public charts the best weights differ much from split to split; public complete counts are of so few artists that
 * a catalogue's own soon know better.
 */
const VOICES_FOR_TRUST: Record<DataKind, number> = { chart: 2700, complete: 27 };

/**
 * The usual weights of the members, moved toward those that would have lost least on the held-out songs.
 * @param three whether there is a third member
 * @returns one weight a member, summing to 1
 */
export function chooseWeights(heldOut: readonly HeldOut[], kind: DataKind, three: boolean): number[] {
  const usual = three ? USUAL_WEIGHTS[kind] : USUAL_WEIGHTS[kind].slice(0, 2).map((weight, _, both) => weight / both.reduce((sum, one) => sum + one, 0));
  const told = voices(heldOut, kind);
  const trust = told / (told + VOICES_FOR_TRUST[kind]);
  let best = usual;
  let least = lossOf(heldOut, best);
  for (const weights of three ? threes() : twos()) {
    const loss = lossOf(heldOut, weights);
    if (loss < least) [best, least] = [weights, loss];
  }
  return usual.map((weight, member) => (1 - trust) * weight + trust * (best[member] as number));
}

const twos = (): number[][] => Array.from({ length: STEPS - 1 }, (_, at) => [(at + 1) / STEPS, (STEPS - 1 - at) / STEPS]);

const threes = (): number[][] =>
  Array.from({ length: STEPS - 2 }, (_, first) => Array.from({ length: STEPS - 2 - first }, (__, second) => [first + 1, second + 1, STEPS - 2 - first - second].map((part) => part / STEPS))).flat();

function lossOf(heldOut: readonly HeldOut[], weights: readonly number[]): number {
  let loss = 0;
  let total = 0;
  for (const { song, origin, snapshot, targets } of heldOut) {
    const score = scoreForecast(song.series, origin, toPlays(snapshot, blend(targets, weights), undefined));
    if (!score) continue;
    loss += score.pinball;
    total++;
  }
  return loss / total;
}
