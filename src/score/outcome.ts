import { findLinkedDemos, type ListedDemo } from '../db/queries/demo-list.ts';
import { songOutcomes, type SongOutcome } from '../db/queries/demo-outcome.ts';
import type { Services } from '../services.ts';

/** The window of every prediction. */
export const OUTCOME_DAYS = 30;

/** One number that was predicted for the first 30 days, and what came of it. */
export type Came = {
  predicted: number;
  /** The 80 % interval; null for scores of before it was kept. */
  range: { low: number; high: number } | null;
  /** So far, while the 30 days run; null where it isn't known, or of too few listeners to be shown. */
  actual: number | null;
  /** `early` until all 30 days are in. */
  verdict: 'inside' | 'below' | 'above' | 'early' | 'unknown';
};

/** A demo's score beside what its song did in days 0..29. `days`: how many of them are known; 0 before the release. */
export type DemoOutcome = { demo: ListedDemo; song: NonNullable<ListedDemo['song']>; releaseDate: string | null; days: number; listeners: Came; playsPerListener: Came };

type Needs = Pick<Services, 'db' | 'config'>;

/**
 * Every demo of a workspace that was tied to its released song, those tied last first: what the score said, and what came.
 * For the owner: not every member of the workspace may see each of them. Without single plays (daily counts alone) nothing is known of listeners.
 * @param demoIds only these
 */
export async function demoOutcomes(services: Needs, workspaceId: string, demoIds?: readonly string[]): Promise<DemoOutcome[]> {
  const { sql } = services.db;
  const linked = await findLinkedDemos(sql, workspaceId);
  return await outcomesOf(services, linked.filter(({ id }) => demoIds?.includes(id) ?? true));
}

/** What came of demos that were read already; those without a song are left out. */
export async function outcomesOf({ db, config }: Needs, demos: readonly ListedDemo[]): Promise<DemoOutcome[]> {
  const ids = [...new Set(demos.flatMap(({ song }) => song?.id ?? []))];
  const outcomes = ids.length === 0 ? [] : await songOutcomes(db.sql, ids);
  return demos.flatMap((demo) => {
    const { song } = demo;
    const came = outcomes.find(({ songId }) => songId === song?.id);
    return song && came ? [{ demo, song, releaseDate: came.releaseDate, days: came.days, ...compared(demo, came, config.minimumGroup) }] : [];
  });
}

/**
 * Score against outcome.
 * @param fewest of fewer listeners nothing is shown
 * @example of 5 of the 30 days, with 12 listeners and 18 plays: actual 12 and 1.5, verdict 'early'
 */
export function compared(demo: Pick<ListedDemo, 'listeners' | 'playsPerListener' | 'ranges'>, came: SongOutcome, fewest: number): Pick<DemoOutcome, 'listeners' | 'playsPerListener'> {
  const shown = came.listenerDays > 0 && came.listeners >= fewest;
  const one = (predicted: number, range: Came['range'], value: number): Came => {
    const actual = shown ? value : null;
    return { predicted, range, actual, verdict: verdictOf(actual, range, came.listenerDays >= OUTCOME_DAYS) };
  };
  return {
    listeners: one(demo.listeners, rangeOf(demo.ranges?.listeners), came.listeners),
    playsPerListener: one(demo.playsPerListener, rangeOf(demo.ranges?.playsPerListener), came.plays / Math.max(1, came.listeners)),
  };
}

const rangeOf = (range: { low: number; high: number } | undefined): Came['range'] => (range ? { low: range.low, high: range.high } : null);

function verdictOf(actual: number | null, range: Came['range'], complete: boolean): Came['verdict'] {
  if (actual === null) return 'unknown';
  if (!complete) return 'early';
  if (!range) return 'unknown';
  return actual < range.low ? 'below' : actual > range.high ? 'above' : 'inside';
}
