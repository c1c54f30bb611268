import type { Services } from '../../services.ts';
import { deliveredRows } from '../../db/queries/delivered-rows.ts';
import { loadListeners } from '../import/listeners.ts';
import { loadPlays } from '../import/plays.ts';
import type { ImportProgress } from '../import/rows.ts';
import { loadSongs } from '../import/songs.ts';
import { DEMO_FEED, requireNothingOwn } from './apart.ts';
import { demoCatalogue, type DemoCatalogue, type DemoOptions } from './catalogue.ts';
import type { DemoTruths } from './truths.ts';

/** The song that examples ask for at seed 1 and size 1, and a title that is one character away from three songs'. */
export const DEMO_SONG = { id: 'S0054', title: '海邊的錄音機', misspelt: '海邊的錄音帶' } as const;

export type DemoLoadOptions = DemoOptions & { onProgress?: (kind: 'songs' | 'listeners' | 'plays', progress: ImportProgress) => void };

export type DemoLoad = {
  songs: number;
  listeners: number;
  plays: number;
  /** False: the same catalogue was there already. */
  changed: boolean;
  seconds: number;
  truths: DemoTruths;
};

/**
 * Loads the demo catalogue through the same functions as an imported one. Loading it again changes nothing.
 * @throws UserError `catalogue-of-your-own` when the database holds anything else, `database-unavailable`
 */
export async function loadDemoCatalogue({ db, config }: Pick<Services, 'db' | 'config'>, { seed, size, onProgress }: DemoLoadOptions = {}): Promise<DemoLoad> {
  await requireNothingOwn(db);
  const started = performance.now();
  const catalogue = demoCatalogue({ ...(seed !== undefined && { seed }), ...(size !== undefined && { size }) });
  const { timeZone } = config;
  const options = (kind: 'songs' | 'listeners' | 'plays') => ({ feed: DEMO_FEED, timeZone, onProgress: (progress: ImportProgress) => onProgress?.(kind, progress) });
  const songs = await loadSongs(db, catalogue.songs, options('songs'));
  const listeners = await loadListeners(db, catalogue.listeners(), options('listeners'));
  const counts = catalogue.days.map((_, day) => catalogue.columnsOn(day).count);
  const known = await isDelivered({ db }, catalogue, counts);
  const plays = known ? undefined : await loadPlays(db, catalogue.plays(), options('plays'));
  return {
    songs: catalogue.songs.length,
    listeners: catalogue.listenerCount,
    plays: counts.reduce((sum, count) => sum + count, 0),
    changed: [songs, listeners, plays].some((summary) => summary && summary.added + summary.replaced > 0),
    seconds: (performance.now() - started) / 1000,
    truths: catalogue.truths,
  };
}

/** The number of plays on each of 365 days is as good as a fingerprint of a seed and size, and needs no reading of the plays. */
async function isDelivered({ db }: Pick<Services, 'db'>, catalogue: DemoCatalogue, counts: readonly number[]): Promise<boolean> {
  const delivered = await deliveredRows(db.sql, 'plays', DEMO_FEED);
  return catalogue.days.every((day, index) => delivered.get(day) === counts[index]);
}
