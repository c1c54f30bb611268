import type { Ensemble, Loss } from './types.ts';

/** An ensemble as JSON: its arrays are base64 of little-endian bytes. */
export type StoredEnsemble = { loss: Loss; features: number; base: number } & Record<ArrayName, string>;

const ARRAYS = ['first', 'feature', 'threshold', 'left', 'right', 'missingLeft', 'value'] as const;
type ArrayName = (typeof ARRAYS)[number];

/** @example readEnsemble(JSON.parse(JSON.stringify(storeEnsemble(ensemble)))) // equals ensemble */
export function storeEnsemble(ensemble: Ensemble): StoredEnsemble {
  const text = (name: ArrayName) => Buffer.from(ensemble[name].buffer, ensemble[name].byteOffset, ensemble[name].byteLength).toString('base64');
  const arrays = Object.fromEntries(ARRAYS.map((name) => [name, text(name)])) as Record<ArrayName, string>;
  return { loss: ensemble.loss, features: ensemble.features, base: ensemble.base, ...arrays };
}

/** @throws RangeError when the arrays don't belong together */
export function readEnsemble(stored: StoredEnsemble): Ensemble {
  const bytes = (name: ArrayName) => Uint8Array.from(Buffer.from(stored[name], 'base64')).buffer;
  const ensemble: Ensemble = {
    loss: stored.loss,
    features: stored.features,
    base: stored.base,
    first: new Uint32Array(bytes('first')),
    feature: new Int16Array(bytes('feature')),
    threshold: new Float32Array(bytes('threshold')),
    left: new Uint32Array(bytes('left')),
    right: new Uint32Array(bytes('right')),
    missingLeft: new Uint8Array(bytes('missingLeft')),
    value: new Float32Array(bytes('value')),
  };
  const nodes = ensemble.value.length;
  if ([ensemble.feature, ensemble.threshold, ensemble.left, ensemble.right, ensemble.missingLeft].some((array) => array.length !== nodes) || ensemble.first.at(-1) !== nodes)
    throw new RangeError('The stored ensemble is damaged');
  return ensemble;
}
