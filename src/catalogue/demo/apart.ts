import type { Database } from '../../db/client.ts';
import { emptyCatalogue } from '../../db/queries/empty-catalogue.ts';
import { deliveredFeeds } from '../../db/queries/feeds.ts';
import { UserError } from '../../errors.ts';

/** The demo catalogue's plays come in a feed of their own, so that loading another seed replaces the days of the first. */
export const DEMO_FEED = 'demo';

/** Invented plays among real ones would be a wrong number that looks right: one database holds one or the other. */
export type Holding = 'nothing' | 'demo' | 'own';

export async function holdingOf({ sql }: Pick<Database, 'sql'>): Promise<Holding> {
  const feeds = await deliveredFeeds(sql);
  if (feeds.length === 0) return 'nothing';
  return feeds.every((feed) => feed === DEMO_FEED) ? 'demo' : 'own';
}

/** @throws UserError `demo-catalogue-loaded` */
export async function requireNoDemo(db: Pick<Database, 'sql'>): Promise<void> {
  if ((await holdingOf(db)) === 'demo') throw new UserError('demo-catalogue-loaded');
}

/** @throws UserError `catalogue-of-your-own` */
export async function requireNothingOwn(db: Pick<Database, 'sql'>): Promise<void> {
  if ((await holdingOf(db)) === 'own') throw new UserError('catalogue-of-your-own');
}

/**
 * Empties a database that holds the demo catalogue.
 * @throws UserError `catalogue-of-your-own` rather than touch anyone's data
 */
export async function removeDemoCatalogue(db: Pick<Database, 'sql'>): Promise<void> {
  await requireNothingOwn(db);
  await emptyCatalogue(db.sql);
}
