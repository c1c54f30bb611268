import { forecastsToScore, recordRows, storeScore, type ForecastToScore, type RecordRow } from '../db/queries/forecast-record.ts';
import type { Services } from '../services.ts';
import { UserError } from '../errors.ts';
import { daysBetween } from './calendar.ts';
import { loadTrajectory } from './load-trajectory.ts';
import { scoreForecast } from './scoring.ts';
import { seriesOf, type Series } from './series.ts';
import { CHECKPOINTS, type Origin, type Quantiles } from './types.ts';

/**
 * How a stored forecast has turned out on the days after the data it was made from, up to day `until` (exclusive). `szaboHuberman` is the loss of the log-linear
 * forecast made with it. `totalError` is |predicted median / true total - 1|, once all 60 days are known, and `szaboHubermanError` that of the log-linear forecast
 * (absent in scores stored before it was kept).
 */
export type StoredScore = {
  until: number;
  pinball: number;
  szaboHuberman: number | null;
  counted: number;
  inside: number;
  totalError: number | null;
  szaboHubermanError?: number | null;
  totalInside: boolean | null;
};

/** What is said under a forecast: "of the last n such forecasts, `inside` of the days fell inside the band, median error of the total `totalError`". */
export type RecordSummary = { n: number; days: number; inside: number; pinballRatio: number | null; finished: number; totalError: number | null; szaboHubermanError: number | null };

/** A forecast counts when it was made at most this many days after its origin. */
const PROMPTLY = 3;
/** So many are held in memory. */
const MOST_AT_ONCE = 500;

/** So many of the latest forecasts are drawn over time. */
export const MOST_DRAWN = 5000;

/**
 * Scores the stored forecasts whose days have arrived, again at every checkpoint until day 60. Safe to repeat.
 * @returns how many were scored anew
 */
export async function scoreStoredForecasts(services: Pick<Services, 'db'>): Promise<number> {
  let scored = 0;
  let some: ForecastToScore[] = [];
  do {
    some = await forecastsToScore(services.db.sql, PROMPTLY, MOST_AT_ONCE, some.at(-1)?.id);
    for (const forecast of some) {
      const score = await scoreOne(services, forecast);
      if (!score) continue;
      await storeScore(services.db.sql, forecast.id, score);
      scored++;
    }
  } while (some.length > 0);
  return scored;
}

/** The record of the last `most` forecasts that had days to be checked on, at one origin or at all. */
export async function forecastRecord({ db }: Pick<Services, 'db'>, origin?: Origin, most = 200): Promise<{ summary: RecordSummary; rows: RecordRow[] }> {
  const rows = await recordRows(db.sql, origin, most);
  return { summary: summariseRecord(rows), rows };
}

/** @example summariseRecord([]).n // 0 */
export function summariseRecord(rows: readonly StoredScore[]): RecordSummary {
  const sum = (of: (row: StoredScore) => number) => rows.reduce((total, row) => total + of(row), 0);
  const compared = rows.filter((row) => row.szaboHuberman !== null);
  const errors = rows.flatMap((row) => row.totalError ?? []);
  const days = sum((row) => row.counted);
  return {
    n: rows.length,
    days,
    inside: days === 0 ? 0 : sum((row) => row.inside) / days,
    pinballRatio: compared.length === 0 ? null : compared.reduce((total, row) => total + row.pinball, 0) / compared.reduce((total, row) => total + (row.szaboHuberman ?? 0), 0),
    finished: errors.length,
    totalError: median(errors),
    szaboHubermanError: median(rows.flatMap((row) => row.szaboHubermanError ?? [])),
  };
}

/** The lower median; null of nothing. */
const median = (values: readonly number[]): number | null => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? null;

async function scoreOne(services: Pick<Services, 'db'>, forecast: ForecastToScore): Promise<StoredScore | undefined> {
  const trajectory = await loadTrajectory(services, forecast.songId).catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
  if (!trajectory) return undefined;
  const until = CHECKPOINTS.findLast((checkpoint) => checkpoint <= trajectory.days.length) ?? 0;
  const from = Math.max(forecast.origin, daysBetween(trajectory.song.releaseDate, forecast.dataDate) + 1);
  if (until <= from || until <= forecast.scoredUntil) return undefined;
  const series = seriesOf(trajectory.days.slice(0, until));
  const own = scoreForecast(series, forecast.origin, toQuantiles(forecast), from);
  if (!own) return undefined;
  const beside = forecast.baseline && scoreForecast(series, forecast.origin, toQuantiles(forecast.baseline), from);
  return {
    until,
    pinball: own.pinball,
    szaboHuberman: beside?.pinball ?? null,
    counted: own.counted,
    inside: own.inside,
    ...(until === CHECKPOINTS.at(-1) ? scoreTotal(forecast, series) : { totalError: null, szaboHubermanError: null, totalInside: null }),
  };
}

/** The total is of all 60 days, those too that were known already when the forecast was made. */
function scoreTotal({ origin, total, baseline, ...days }: ForecastToScore, series: Series): Pick<StoredScore, 'totalError' | 'szaboHubermanError' | 'totalInside'> {
  const [low = 0, middle = 0, high = 0] = total;
  const own = scoreForecast(series, origin, toQuantiles(days))?.total ?? NaN;
  const beside = baseline && scoreForecast(series, origin, toQuantiles(baseline));
  return { totalError: Math.abs(middle / own - 1), szaboHubermanError: beside ? Math.abs(beside.predictedTotal / beside.total - 1) : null, totalInside: own >= low && own <= high };
}

const toQuantiles = ({ q10, q50, q90 }: { q10: number[]; q50: number[]; q90: number[] }): Quantiles[] =>
  q50.map((middle, at) => ({ q10: q10[at] ?? middle, q50: middle, q90: q90[at] ?? middle }));
