import type { Spec } from 'vega';

/** A picture before it is drawn: the Vega spec and the finding in words, for those who can't see it (at most 2000 characters). */
export type Chart = { spec: Spec; alt: string };
