import { blend, toPlays, type HeldOut } from './calibration.ts';
import type { DataKind } from './engine.ts';
import { scoreForecast } from './scoring.ts';

const STEPS = 10;

/**
 * In the order of MEMBERS; these held up on every split of the public data. Complete counts are so noisy, and so few songs have them, that pooling the songs
 * of about the same size says most.
 */
export const USUAL_WEIGHTS: Record<DataKind, number[]> = { chart: [0.3, 0.4, 0.3], complete: [0.1, 0.15, 0.75] };
/** A backtest on a few hundred songs moves the usual weights a quarter of the way: its best weights differ much from split to split. */
const TRUST = 0.25;

/**
 * The usual weights of the members, moved toward those that would have lost least on the held-out songs.
 * @returns one weight a member, summing to 1
 */
export function chooseWeights(heldOut: readonly HeldOut[], kind: DataKind, withBank: boolean): number[] {
  const usual = withBank ? USUAL_WEIGHTS[kind] : USUAL_WEIGHTS[kind].slice(0, 2).map((weight, _, both) => weight / both.reduce((sum, one) => sum + one, 0));
  let best = usual;
  let least = lossOf(heldOut, best);
  for (const weights of withBank ? threes() : twos()) {
    const loss = lossOf(heldOut, weights);
    if (loss < least) [best, least] = [weights, loss];
  }
  return usual.map((weight, member) => (1 - TRUST) * weight + TRUST * (best[member] as number));
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
