import { quantileSorted } from 'simple-statistics';
import { ordered } from './ordered.ts';
import { atMost, knownSum } from './trajectory.ts';
import { CHECKPOINTS, ORIGINS, TRAJECTORY_DAYS, type FinishedSong, type ForecastModel, type Origin, type Quantiles, type TrajectoryDay } from './types.ts';

/** Half a play keeps the logarithm of a day without plays finite and hardly moves any other. */
const HALF = 0.5;

/** Log growth at 10, 50 and 90 % from the known sum to a day's plays, or to the plays by a checkpoint. */
type Offsets = { days: Quantiles[]; checkpoints: Quantiles[] };

/** Fitted offsets by origin; plain values, so that they can be stored in a model file. */
export type SzaboHuberman = { fittedOn: number; offsets: Record<Origin, Offsets> };

/**
 * The log-linear model of Szabo & Huberman ("Predicting the popularity of online content", CACM 2010): ln y(h) = ln(known sum) + offset(h),
 * with the quantiles of the finished songs' own residuals around it. Every checkpoint, the total too, has residuals of its own:
 * quantiles of days don't add up. A censored day counts as its floor.
 *
 * @param songs finished songs; those without plays before an origin are left out of that origin
 * @example // two songs that double from day 0..2 to day 3 double again:
 * predictSzaboHuberman(fitSzaboHuberman(songs), known, 3).days[0].q50
 */
export function fitSzaboHuberman(songs: readonly FinishedSong[]): SzaboHuberman {
  const fitted = ORIGINS.map((origin) => [origin, fitOrigin(songs, origin)] as const);
  return { fittedOn: songs.length, offsets: Object.fromEntries(fitted) as Record<Origin, Offsets> };
}

/** @throws RangeError when more than half of the first `origin` days are unknown */
export function predictSzaboHuberman(model: SzaboHuberman, known: readonly TrajectoryDay[], origin: Origin): { days: Quantiles[]; checkpoints: Quantiles[] } {
  const sum = knownSum(known, origin);
  if (sum === null) throw new RangeError('Too few known days');
  const grown = (offset: number) => (sum + HALF) * Math.exp(offset) - HALF;
  const apply = (offsets: Quantiles, least: number) => ordered(grown(offsets.q10), grown(offsets.q50), grown(offsets.q90), least);
  const { days, checkpoints } = model.offsets[origin];
  return {
    days: days.map((offsets) => apply(offsets, 0)),
    checkpoints: CHECKPOINTS.map((until, at) => {
      const offsets = checkpoints[at];
      const soFar = knownSum(known, Math.min(until, origin)) ?? sum;
      return until <= origin || !offsets ? ordered(soFar, soFar, soFar) : apply(offsets, sum);
    }),
  };
}

/** The fitted model as a ForecastModel. */
export const szaboHubermanModel = (model: SzaboHuberman): ForecastModel => ({
  id: 'szabo-huberman/1',
  fittedOn: model.fittedOn,
  predict: (known, origin) => predictSzaboHuberman(model, known, origin),
});

function fitOrigin(songs: readonly FinishedSong[], origin: Origin): Offsets {
  const early = songs.flatMap(({ days }) => {
    const sum = knownSum(days, origin);
    return sum === null || sum === 0 ? [] : [{ days, sum }];
  });
  const growth = (later: (days: readonly TrajectoryDay[]) => number | null) =>
    residuals(early.flatMap(({ days, sum }) => {
      const value = later(days);
      return value === null ? [] : [Math.log((value + HALF) / (sum + HALF))];
    }));
  const ahead = Array.from({ length: TRAJECTORY_DAYS - origin }, (_, step) => origin + step);
  return {
    days: ahead.map((at) => growth((days) => { const day = days[at]; return day ? atMost(day) : null; })),
    checkpoints: CHECKPOINTS.map((until) => growth((days) => knownSum(days, until))),
  };
}

/** Offset plus empirical residual quantiles, which is the empirical quantiles of the growth itself. */
function residuals(growth: number[]): Quantiles {
  if (growth.length === 0) return { q10: 0, q50: 0, q90: 0 };
  const sorted = growth.toSorted((a, b) => a - b);
  return { q10: quantileSorted(sorted, 0.1), q50: quantileSorted(sorted, 0.5), q90: quantileSorted(sorted, 0.9) };
}
