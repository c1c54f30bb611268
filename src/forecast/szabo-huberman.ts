import { censoredQuantile } from '../boosting/losses.ts';
import { HALF } from './features.ts';
import { ordered } from './ordered.ts';
import { atMost, isCensored, knownSum, type Series } from './series.ts';
import { CHECKPOINTS, LEVELS, ORIGINS, TRAJECTORY_DAYS, type FinishedSong, type ForecastModel, type ModelForecast, type Origin } from './types.ts';

/** Log growth at 10, 50 and 90 % from the known sum to a day's plays, or to the plays by a checkpoint. */
type Growth = [q10: number, q50: number, q90: number];
type Offsets = { days: Growth[]; checkpoints: Growth[] };

/** Fitted offsets by origin; plain values, so that they can be stored. */
export type SzaboHuberman = { fittedOn: number; offsets: Record<Origin, Offsets> };

/**
 * The log-linear model of Szabo & Huberman ("Predicting the popularity of online content", CACM 2010): ln y(h) = ln(known sum) + offset(h),
 * with the quantiles of the finished songs' own residuals around it. Every checkpoint, the total too, has residuals of its own:
 * quantiles of days don't add up. A censored day is at or below its floor.
 *
 * @param songs finished songs; those without plays before an origin are left out of that origin
 * @example // songs that have half of day 2's plays on day 3: 10 known plays a day give a median of 5
 */
export function fitSzaboHuberman(songs: readonly Pick<FinishedSong, 'series'>[]): SzaboHuberman {
  const fitted = ORIGINS.map((origin) => [origin, fitOrigin(songs, origin)] as const);
  return { fittedOn: songs.length, offsets: Object.fromEntries(fitted) as Record<Origin, Offsets> };
}

/** @throws RangeError when more than half of the first `origin` days are unknown */
export function predictSzaboHuberman(model: SzaboHuberman, series: Series, origin: Origin): ModelForecast {
  const sum = knownSum(series, origin);
  if (Number.isNaN(sum)) throw new RangeError('Too few known days');
  const grow = (growth: Growth, least: number) => ordered(...(growth.map((offset) => (sum + HALF) * Math.exp(offset) - HALF) as Growth), least);
  const { days, checkpoints } = model.offsets[origin];
  return {
    days: days.map((growth) => grow(growth, 0)),
    checkpoints: CHECKPOINTS.map((until, at) => {
      if (until > origin) return grow(checkpoints[at] as Growth, sum);
      const soFar = knownSum(series, until);
      return ordered(soFar, soFar, soFar);
    }),
  };
}

/** The fitted model as a ForecastModel. */
export const szaboHubermanModel = (model: SzaboHuberman): ForecastModel => ({
  id: 'szabo-huberman/1',
  fittedOn: model.fittedOn,
  predict: (series, origin) => predictSzaboHuberman(model, series, origin),
});

function fitOrigin(songs: readonly Pick<FinishedSong, 'series'>[], origin: Origin): Offsets {
  const early = songs.flatMap(({ series }) => {
    const sum = knownSum(series, origin);
    return sum > 0 ? [{ series, sum }] : [];
  });
  // A day that is unknown in every song goes on as the day before.
  let before: Growth = [0, 0, 0];
  const fit = (later: (series: Series) => number, bounded: (series: Series) => boolean) => {
    const points = early.flatMap(({ series, sum }) => {
      const value = later(series);
      return Number.isNaN(value) ? [] : [{ growth: Math.log((value + HALF) / (sum + HALF)), bounded: bounded(series) }];
    });
    const growth = Float64Array.from(points, (point) => point.growth);
    if (points.length > 0) before = LEVELS.map((level) => censoredQuantile(growth, level, (at) => points[at]?.bounded === true)) as Growth;
    return before;
  };
  const ahead = Array.from({ length: TRAJECTORY_DAYS - origin }, (_, step) => origin + step);
  return {
    days: ahead.map((day) => fit((series) => atMost(series, day), (series) => isCensored(series, day))),
    checkpoints: CHECKPOINTS.map((until) => fit((series) => knownSum(series, until), () => false)),
  };
}
