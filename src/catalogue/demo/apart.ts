import type { Database } from '../../db/client.ts';
import { demoMarker, type DemoMarker } from '../../db/queries/demo-marker.ts';
import { emptyCatalogue } from '../../db/queries/empty-catalogue.ts';
import { hasCatalogue } from '../../db/queries/has-catalogue.ts';
import { UserError } from '../../errors.ts';

type Sql = Pick<Database, 'sql'>;

/**
 * Invented plays among real ones would be a wrong number that looks right: one database holds one or the other. What is not marked as the
 * demo catalogue is someone's own, be it a single song or listener.
 */
export type Holding = { of: 'nothing' } | { of: 'own' } | ({ of: 'demo' } & DemoMarker);

export async function holdingOf({ sql }: Sql): Promise<Holding> {
  const marker = await demoMarker(sql);
  if (marker) return { of: 'demo', ...marker };
  return { of: (await hasCatalogue(sql)) ? 'own' : 'nothing' };
}

/** @throws UserError `demo-catalogue-loaded`, also while it is being loaded and when that was cut off */
export async function requireNoDemo(db: Sql): Promise<void> {
  if ((await holdingOf(db)).of === 'demo') throw new UserError('demo-catalogue-loaded');
}

/**
 * Empties a database that holds the demo catalogue, or a part of it.
 * @throws UserError `demo-catalogue-absent` rather than touch anyone's data
 */
export async function removeDemoCatalogue(db: Sql): Promise<void> {
  if ((await holdingOf(db)).of !== 'demo') throw new UserError('demo-catalogue-absent');
  await emptyCatalogue(db.sql);
}
