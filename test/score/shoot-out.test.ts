import { describe, expect, test } from 'vitest';
import { loadScoreCard } from '../../src/score/card.ts';
import { compareDemos } from '../../src/score/compare-demos.ts';
import { CALLED_FROM, chanceAbove, shootOut, type Entrant } from '../../src/score/shoot-out.ts';

/** Differences spread evenly over -1..1: P(A beats B) = 0.5 + ahead / 2. */
const even = Array.from({ length: 101 }, (_, at) => (at - 50) / 50);
const pairs = { listeners: even, plays: even };
const entrant = (id: string, plays: number, listeners = plays): Entrant => ({ id, plays, listeners });

/** Numbers that look random and are the same every time. */
function chain(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test.each([
  [0, 0.5],
  [0.5, 0.75],
  [-0.5, 0.25],
  [5, 1],
  [-5, 0],
])('a demo %d ahead in the logarithm wins with the share of differences that do not make up for it', (ahead, chance) => {
  expect(chanceAbove(even, ahead)).toBeCloseTo(chance, 12);
});

describe('whatever is predicted', () => {
  const random = chain(7);
  const rough = Array.from({ length: 101 }, () => random() ** 3 - 0.3).toSorted((a, b) => a - b);
  const sets = Array.from({ length: 60 }, (_, set) => Array.from({ length: 2 + (set % 9) }, (_, at) => entrant(`d${at}`, Math.round(random() * 20) / 10, random() * 3)));

  test('P(A beats B) + P(B beats A) = 1, and equal predictions are even, also by rough quantiles', () => {
    for (const set of sets) {
      const { beats } = shootOut(set, { listeners: rough, plays: rough }).leadSingle;
      for (const [a, row] of beats.entries()) for (const [b, chance] of row.entries()) expect(chance + (beats[b]?.[a] ?? NaN)).toBeCloseTo(1, 12);
      for (const [a, row] of beats.entries()) expect(row[a]).toBe(0.5);
    }
  });

  test('nobody stands above one that beats it, and who beats the second beats the third at least as surely', () => {
    for (const set of sets)
      for (const { groups, beats } of Object.values(shootOut(set, pairs))) {
        const order = groups.flat();
        expect(order.toSorted((a, b) => a - b)).toEqual(set.map((_, at) => at));
        for (const [rank, a] of order.entries()) for (const [below, b] of order.slice(rank + 1).entries()) expect(beats[a]?.[b]).toBeGreaterThanOrEqual(below === 0 ? 0.5 : (beats[a]?.[order[rank + below] ?? a] ?? 0.5));
      }
  });

  test('a group is what its best does not clearly beat, and its best clearly beats the next group', () => {
    for (const set of sets) {
      const { groups, beats } = shootOut(set, pairs).leadSingle;
      for (const [at, [best = -1, ...others]] of groups.entries()) {
        for (const other of others) expect(beats[best]?.[other]).toBeLessThan(CALLED_FROM);
        for (const next of groups[at + 1] ?? []) expect(beats[best]?.[next]).toBeGreaterThanOrEqual(CALLED_FROM);
      }
    }
  });

  test('the order in which demos are given changes nothing', () => {
    for (const set of sets) {
      const idsOf = (given: Entrant[]) => shootOut(given, pairs).leadSingle.groups.map((group) => group.map((index) => given[index]?.id));
      expect(idsOf(set.toReversed())).toEqual(idsOf(set));
    }
  });
});

test('identical demos are even and stand in one group', () => {
  const { groups, beats } = shootOut([entrant('b', 2), entrant('a', 2)], pairs).leadSingle;
  expect([groups, beats]).toEqual([[[1, 0]], [[0.5, 0.5], [0.5, 0.5]]]);
});

test('lead single and video may be different demos: plays decide the one, listeners the other', () => {
  const { leadSingle, video } = shootOut([entrant('few who repeat', 9, 5), entrant('many who hear it once', 8.5, 8.4)], pairs);
  expect([leadSingle.groups, video.groups]).toEqual([[[0], [1]], [[1], [0]]]);
});

test.each([
  ['one demo', [entrant('a', 1)]],
  ['eleven demos', Array.from({ length: 11 }, (_, at) => entrant(`d${at}`, at))],
  ['a demo given twice', [entrant('a', 1), entrant('a', 2)]],
  ['no number', [entrant('a', NaN), entrant('b', 2)]],
  ['nobody at all', [entrant('a', -Infinity), entrant('b', 2)]],
])('%s is refused', (_what, entrants) => {
  expect(() => shootOut(entrants, pairs)).toThrow(RangeError);
});

describe('demos scored by the shipped model', async () => {
  const card = await loadScoreCard();
  const demo = (id: string, listeners: number, playsPerListener: number, model = card.id) => ({ id, title: id, listeners, playsPerListener, model });
  const at = (list: readonly number[], percent: number) => list[percent] ?? NaN;
  const [low, high] = [demo('low', at(card.reference.listeners, 10), 1.2), demo('high', at(card.reference.listeners, 90), 1.3)];

  test('are given in their ranking by plays, each with its percentile inside its interval', () => {
    const { standings, shootOut: result } = compareDemos(card, [low, high]);
    expect(standings.map(({ id }) => id)).toEqual(['high', 'low']);
    expect(result.leadSingle.groups.flat()).toEqual([0, 1]);
    for (const { byPlays, byListeners } of standings)
      for (const place of [byPlays, byListeners]) {
        expect(place.low).toBeLessThanOrEqual(place.percentile);
        expect(place.high).toBeGreaterThanOrEqual(place.percentile);
      }
    expect(standings[0]?.byListeners.percentile).toBeCloseTo(90, 5);
  });

  test('are never mixed with those of another model', () => {
    expect(() => compareDemos(card, [low, { ...high, model: 'crnn/4' }])).toThrow(expect.objectContaining({ code: 'shoot-out-models' }));
  });

  test.each([
    ['shoot-out-size', [low]],
    ['shoot-out-twice', [low, low]],
  ])('are refused with %s', (code, demos) => {
    expect(() => compareDemos(card, demos)).toThrow(expect.objectContaining({ code }));
  });
});
