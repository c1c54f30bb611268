import { pinball } from './pinball.ts';
import { atMost, isCensored, knownSum, type Series } from './series.ts';
import { LEVELS, TRAJECTORY_DAYS, type Quantiles } from './types.ts';

/** How one forecast turned out. */
export type ForecastScore = {
  /** Sum of the pinball losses at 10, 50 and 90 %, mean over the days known since, over the mean daily plays before the origin. */
  pinball: number;
  /** Days counted since, and how many of them lay inside the 80 % interval. */
  counted: number;
  inside: number;
  /** Plays of all 60 days, and what the medians add up to; on an off-chart day the smaller of median and floor counts as the truth. */
  total: number;
  predictedTotal: number;
};

/**
 * Scores a forecast against the days from `origin` on. An off-chart day is at or below its floor: a prediction there loses only what it is above.
 *
 * @param days forecasts of the days `origin`..59
 * @param from scores only days from this one on; default: all after the origin
 * @returns undefined when no such day is known, or nothing was played before the origin
 */
export function scoreForecast(series: Series, origin: number, days: readonly Quantiles[], from = origin): ForecastScore | undefined {
  const before = knownSum(series, origin);
  const score = { pinball: 0, counted: 0, inside: 0, total: before, predictedTotal: before };
  let scored = 0;
  for (let day = from; day < TRAJECTORY_DAYS; day++) {
    const truth = atMost(series, day);
    const forecast = days[day - origin];
    if (Number.isNaN(truth) || !forecast) continue;
    const { q10, q50, q90 } = forecast;
    const bounded = isCensored(series, day);
    scored++;
    [q10, q50, q90].forEach((value, at) => { score.pinball += pinball(LEVELS[at] as number, truth, value, bounded); });
    score.predictedTotal += q50;
    score.total += bounded ? Math.min(q50, truth) : truth;
    if (bounded) continue;
    score.counted++;
    if (truth >= q10 && truth <= q90) score.inside++;
  }
  if (scored === 0 || !(before > 0)) return undefined;
  return { ...score, pinball: score.pinball / scored / (before / origin) };
}

/** Many scores in one line; `coverage` is the share of counted days inside the interval, `totalError` the median of |predicted / true - 1|. */
export type ScoreSummary = { n: number; pinball: number; coverage: number; totalError: number; totalRatio: number };

export function summariseScores(scores: readonly ForecastScore[]): ScoreSummary {
  const sum = (of: (score: ForecastScore) => number) => scores.reduce((total, score) => total + of(score), 0);
  const ratios = scores.map((score) => score.predictedTotal / score.total);
  return {
    n: scores.length,
    pinball: sum((score) => score.pinball) / scores.length,
    coverage: sum((score) => score.inside) / sum((score) => score.counted),
    totalError: median(ratios.map((ratio) => Math.abs(ratio - 1))),
    totalRatio: median(ratios),
  };
}

/** The lower median; NaN of nothing. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;
}
