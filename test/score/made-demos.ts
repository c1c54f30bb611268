import { loadScoreCard } from '../../src/score/card.ts';
import { compareDemos, type ShootOutAnswer } from '../../src/score/compare-demos.ts';

const card = await loadScoreCard();

/** The shoot-out of demos by title and percentile of their listeners, by the shipped model. */
export function shootOutOf(...demos: [title: string, percentile: number][]): ShootOutAnswer {
  return compareDemos(card, demos.map(([title, percentile], at) => ({ id: `0000000${at}-0000-4000-8000-000000000000`.slice(-36), title, listeners: card.reference.listeners[percentile] ?? 1, playsPerListener: 1.3, model: card.id })));
}
