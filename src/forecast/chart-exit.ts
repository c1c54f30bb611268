import type { ChartShareRow } from '../db/queries/trajectory-chart-share.ts';
import { CHART_DAYS, type Quantiles } from './types.ts';

/**
 * Plays from the chart and the rest on the days `origin`..59, of the expected median. From day 30 on the song is off the new-song chart: `chart` is 0 and `rest` is
 * what is left. `share` is the chart's part of the latest known week, `lostOnExit` the daily chart plays expected just before the exit.
 */
export type ChartExit = { share: number; chart: number[]; rest: number[]; lostOnExit: number };

const LATEST = 7;
const FEWEST_PLAYS = 20;

/**
 * Carries the chart's share of the latest known week on to day 29. What comes from elsewhere is taken not to grow when the song leaves the chart, so that after day 30
 * the expected median counts up to what came from elsewhere before: a model that has seen no chart exits would expect too much.
 *
 * @param rows plays from the chart and elsewhere; only days before the origin are read
 * @param days the forecast of days `origin`..59
 * @returns undefined when no plays came from the chart, or too few at all
 * @example // half of the plays from the chart, 100 a day expected: { share: 0.5, chart: [50, ..., 0], rest: [50, ..., 50], lostOnExit: 50 }
 */
export function chartExit(rows: readonly ChartShareRow[], origin: number, days: readonly Quantiles[]): ChartExit | undefined {
  const latest = rows.filter((row) => row.day < origin && row.day >= origin - LATEST);
  const fromChart = latest.reduce((sum, row) => sum + row.chart, 0);
  const fromElsewhere = latest.reduce((sum, row) => sum + row.rest, 0);
  if (fromChart === 0 || fromChart + fromElsewhere < FEWEST_PLAYS) return undefined;
  const share = fromChart / (fromChart + fromElsewhere);
  const before = days[CHART_DAYS - 1 - origin]?.q50;
  const most = before === undefined ? fromElsewhere / latest.length : before * (1 - share);
  const rest = days.map(({ q50 }, step) => (origin + step < CHART_DAYS ? q50 * (1 - share) : Math.min(q50, most)));
  const chart = days.map(({ q50 }, step) => (origin + step < CHART_DAYS ? q50 * share : 0));
  return { share, chart, rest, lostOnExit: before === undefined ? fromChart / latest.length : before * share };
}
