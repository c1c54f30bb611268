import type { Services } from '../../services.ts';
import { deliveredRows } from '../../db/queries/delivered-rows.ts';
import { markDemoBegun, markDemoLoaded } from '../../db/queries/demo-marker.ts';
import { emptyCatalogue } from '../../db/queries/empty-catalogue.ts';
import { UserError } from '../../errors.ts';
import { loadListeners } from '../import/listeners.ts';
import { loadPlays } from '../import/plays.ts';
import type { ImportProgress } from '../import/rows.ts';
import { loadSongs } from '../import/songs.ts';
import { holdingOf } from './apart.ts';
import { demoCatalogue, type DemoCatalogue, type DemoOptions } from './catalogue.ts';
import type { DemoTruths } from './truths.ts';

/** The song that examples ask for at seed 1 and size 1, and a title that is one character away from three songs'. */
export const DEMO_SONG = { id: 'S0054', title: '海邊的錄音機', misspelt: '海邊的錄音帶' } as const;

const DEMO_FEED = 'demo';

export type DemoLoadOptions = DemoOptions & {
  /** Told of the plays, which take nearly all of the time. */
  onProgress?: (progress: ImportProgress) => void;
};

export type DemoLoad = {
  songs: number;
  listeners: number;
  plays: number;
  /** False: the same catalogue was there already. */
  changed: boolean;
  seconds: number;
  truths: DemoTruths;
};

type Into = Pick<Services, 'db' | 'config'>;

/**
 * Loads the demo catalogue through the same functions as an imported one. Loading it again changes nothing; after a load that was cut off
 * it brings what is missing; another seed or size takes the place of the first.
 * @throws UserError `catalogue-of-your-own` when the database holds anything else, `database-unavailable`
 */
export async function loadDemoCatalogue({ db, config }: Into, { seed = 1, size = 1, onProgress }: DemoLoadOptions = {}): Promise<DemoLoad> {
  const started = performance.now();
  await begin({ db }, seed, size);
  const catalogue = demoCatalogue({ seed, size });
  const options = { feed: DEMO_FEED, timeZone: config.timeZone };
  const songs = await loadSongs(db, catalogue.songs, options);
  const listeners = await loadListeners(db, catalogue.listeners(), options);
  const counts = catalogue.days.map((_, day) => catalogue.columnsOn(day).count);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const known = await isDelivered({ db }, catalogue, counts);
  const plays = known ? undefined : await loadPlays(db, catalogue.plays(), { ...options, wholeDays: true, onProgress: (progress) => onProgress?.(withTotal(progress, total)) });
  await markDemoLoaded(db.sql);
  return {
    songs: catalogue.songs.length,
    listeners: catalogue.listenerCount,
    plays: total,
    changed: [songs, listeners, plays].some((summary) => summary && summary.added + summary.replaced > 0),
    seconds: (performance.now() - started) / 1000,
    truths: catalogue.truths,
  };
}

/**
 * Gives a database that holds nothing the demo catalogue, and goes on with a load that was cut off; leaves every other alone.
 * @param beforehand called when there is something to load
 */
export async function offerDemoCatalogue(into: Into, beforehand: () => void, onProgress?: DemoLoadOptions['onProgress']): Promise<void> {
  const holding = await holdingOf(into.db);
  if (holding.of === 'own' || (holding.of === 'demo' && holding.complete)) return;
  beforehand();
  await loadDemoCatalogue(into, { ...(holding.of === 'demo' && { seed: holding.seed, size: holding.size }), ...(onProgress && { onProgress }) });
}

/** The marker comes first, so that whatever is cut off after it is known to be the demo catalogue's. */
async function begin({ db }: Pick<Into, 'db'>, seed: number, size: number): Promise<void> {
  const holding = await holdingOf(db);
  if (holding.of === 'own') throw new UserError('catalogue-of-your-own');
  if (holding.of === 'demo' && (holding.seed !== seed || holding.size !== size)) await emptyCatalogue(db.sql);
  await markDemoBegun(db.sql, seed, size);
}

/** What is read from memory has no bytes to tell; the number of plays is known. */
const withTotal = (progress: ImportProgress, total: number): ImportProgress => (progress.phase === 'reading' ? { ...progress, done: progress.rows, total } : progress);

/** The number of plays on each of 365 days is as good as a fingerprint of a seed and size, and needs no reading of the plays. */
async function isDelivered({ db }: Pick<Into, 'db'>, catalogue: DemoCatalogue, counts: readonly number[]): Promise<boolean> {
  const delivered = await deliveredRows(db.sql, 'plays', DEMO_FEED);
  return catalogue.days.every((day, index) => delivered.get(day) === counts[index]);
}
