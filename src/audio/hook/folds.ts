import { randomFrom } from '../../boosting/random.ts';

/** A fold (0..count-1) for each group, all of a group in one; folds differ by at most one group. @example foldsOf(['a', 'b', 'a'], 2, 1)[0] === foldsOf(['a', 'b', 'a'], 2, 1)[2] // true */
export function foldsOf(groups: readonly string[], count: number, seed: number): number[] {
  const names = [...new Set(groups)].toSorted();
  const random = randomFrom(seed);
  for (let i = names.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [names[i], names[j]] = [names[j] as string, names[i] as string];
  }
  const folds = new Map(names.map((name, i) => [name, i % count]));
  return groups.map((group) => folds.get(group) as number);
}
