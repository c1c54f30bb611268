import { readEnsemble, storeEnsemble, type StoredEnsemble } from '../boosting/serialise.ts';
import type { Engine } from './engine.ts';
import type { TreeModel } from './trees.ts';

type StoredTrees = StoredEnsemble[][];

/** An engine as JSON. The finished songs among which neighbours are found are not part of it: they are the catalogue's own. */
export type StoredEngine = Omit<Engine, 'members'> & {
  format: 1;
  members: Omit<Engine['members'], 'usual' | 'weekly' | 'shaped' | 'straight' | 'bank'> & { usual: number[]; weekly?: StoredEnsemble; shaped: StoredTrees; straight: StoredTrees };
};

const storeTrees = ({ bags }: TreeModel): StoredTrees => bags.map((bag) => bag.map(storeEnsemble));
const readTrees = (stored: StoredTrees): TreeModel => ({ bags: stored.map((bag) => bag.map(readEnsemble)) });

export function storeEngine(engine: Engine): StoredEngine {
  const { usual, weekly, shaped, linear, straight, course, neighbours } = engine.members;
  return {
    format: 1,
    ...engine,
    members: { usual: [...usual], ...(weekly && { weekly: storeEnsemble(weekly) }), shaped: storeTrees(shaped), linear, straight: storeTrees(straight), ...(course && { course }), neighbours },
  };
}

/** @throws RangeError when the text is damaged or of another format */
export function readEngine(stored: StoredEngine): Engine {
  if (stored.format !== 1) throw new RangeError('The stored engine has another format');
  const { format: _, ...rest } = stored;
  const { usual, weekly, shaped, straight, ...members } = stored.members;
  return { ...rest, members: { ...members, usual: Float64Array.from(usual), ...(weekly && { weekly: readEnsemble(weekly) }), shaped: readTrees(shaped), straight: readTrees(straight) } };
}
