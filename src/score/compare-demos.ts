import { UserError } from '../errors.ts';
import type { ScoreCard } from './card.ts';
import { rangeAround } from './interval.ts';
import { percentileIn } from './percentile.ts';
import { ENTRANTS, shootOut, type ShootOut } from './shoot-out.ts';
import type { ModelRef } from './types.ts';

/** A scored demo, in natural units; `model` is the id of the model that scored it. */
export type ComparedDemo = { id: string; title: string; listeners: number; playsPerListener: number; model: string };

/** A percentile (0-100) among the model's reference songs, with its 80 % interval. */
export type Place = { percentile: number; low: number; high: number };

export type Standing = { id: string; title: string; listeners: number; playsPerListener: number; byPlays: Place; byListeners: Place };

/** A shoot-out in the order of its ranking by plays: the indices of both contests point into `standings`. */
export type ShootOutAnswer = { standings: Standing[]; shootOut: ShootOut; model: Pick<ModelRef, 'id' | 'demonstration'>; dataDate: string };

type Card = Pick<ScoreCard, 'id' | 'demonstration' | 'interval' | 'pairs' | 'reference'>;

/** Those that another model than this one scored: their numbers can't be set beside its own. */
export const scoredByAnother = <Demo extends Pick<ComparedDemo, 'model'>>({ id }: Pick<ScoreCard, 'id'>, demos: readonly Demo[]): Demo[] => demos.filter(({ model }) => model !== id);

/**
 * Compares demos that the model of this card scored.
 * @throws UserError `shoot-out-size`, `shoot-out-twice`, `shoot-out-models`
 */
export function compareDemos(card: Card, demos: readonly ComparedDemo[]): ShootOutAnswer {
  if (demos.length < ENTRANTS.fewest || demos.length > ENTRANTS.most) throw new UserError('shoot-out-size', { given: demos.length, ...ENTRANTS });
  if (new Set(demos.map(({ id }) => id)).size < demos.length) throw new UserError('shoot-out-twice');
  if (scoredByAnother(card, demos).length > 0) throw new UserError('shoot-out-models');
  const order = shootOut(demos.map(entrantOf), card.pairs).leadSingle.groups.flat();
  const ranked = order.flatMap((index) => demos[index] ?? []);
  return {
    standings: ranked.map((demo) => standingOf(card, demo)),
    shootOut: shootOut(ranked.map(entrantOf), card.pairs),
    model: { id: card.id, demonstration: card.demonstration },
    dataDate: card.reference.dataDate,
  };
}

const entrantOf = ({ id, listeners, playsPerListener }: ComparedDemo) => ({ id, listeners: Math.log(listeners), plays: Math.log(listeners * playsPerListener) });

function standingOf({ reference, interval }: Card, demo: ComparedDemo): Standing {
  const { id, title, listeners, playsPerListener } = demo;
  const log = entrantOf(demo);
  const place = (of: 'listeners' | 'plays'): Place => {
    const { low, high } = rangeAround(log[of], interval[of]);
    return { percentile: percentileIn(reference[of], Math.exp(log[of])), low: percentileIn(reference[of], low), high: percentileIn(reference[of], high) };
  };
  return { id, title, listeners, playsPerListener, byPlays: place('plays'), byListeners: place('listeners') };
}
