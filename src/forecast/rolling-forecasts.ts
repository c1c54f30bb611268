import { predictEngine, withBank, type Engine } from './engine.ts';
import { createBank, type Bank } from './neighbours.ts';
import { scoreForecast, type ForecastScore } from './scoring.ts';
import { isCensored, type Series } from './series.ts';
import { usualSeason } from './season.ts';
import { fitSzaboHuberman, predictSzaboHuberman, type SzaboHuberman } from './szabo-huberman.ts';
import { isLearnable } from './training-table.ts';
import { LEVELS, ORIGINS, TRAJECTORY_DAYS, type FinishedSong, type Origin, type Quantiles } from './types.ts';

/** How the forecast of one finished song at one origin would have turned out, and the log-linear one beside it. */
export type Tested = {
  id: number;
  origin: Origin;
  score: ForecastScore;
  baseline: ForecastScore;
  /** Days at or below the 10, 50 and 90 % quantile, of `days` in all. An off-chart day counts in part: as far as the forecast itself thinks it likely. */
  below: number[];
  days: number;
};

/** The log-linear model learns from the songs that had finished; from fewer, the one stored with the engine is used. */
const FEWEST_FOR_BASELINE = 30;
const BASELINE_DAYS = 30;

/**
 * Forecasts finished songs at every origin as they would have been made: with neighbours, and a log-linear model beside it, of only those songs of the pool that had finished by then.
 * While these are too few, the engine answers without neighbours, as it does for a young catalogue.
 *
 * @param songs those that are forecast
 * @param pool the catalogue's finished songs
 * @param onProgress called with the share done, 0..1
 */
export function rollingForecasts(engine: Engine, songs: readonly FinishedSong[], pool: readonly FinishedSong[], onProgress?: (done: number) => void): Tested[] {
  const bank = createBank(pool, usualSeason(pool.map((song) => song.series)));
  const { bank: _, ...members } = engine.members;
  const alone = { ...engine, members };
  const baselines = new Map<number, SzaboHuberman>();
  return ORIGINS.flatMap((origin, part) =>
    songs.flatMap((song, at) => {
      onProgress?.((part + at / songs.length) / ORIGINS.length);
      if (!isLearnable(song.series, origin)) return [];
      const knownBy = song.date + origin - TRAJECTORY_DAYS;
      const without = (other: FinishedSong) => other.date > knownBy || other.id === song.id;
      const { days } = predictEngine(withFinished(alone, bank, without), song.series, origin, without);
      const score = scoreForecast(song.series, origin, days);
      const baseline = scoreForecast(song.series, origin, predictSzaboHuberman(baselineAt(baselines, engine, pool, knownBy), song.series, origin).days);
      return score && baseline ? [{ id: song.id, origin, score, baseline, ...reliability(song.series, origin, days) }] : [];
    }),
  );
}

/** Whether neighbours are looked for depends on how many had finished, not on how many there are today. */
function withFinished(alone: Engine, bank: Bank, without: (song: FinishedSong) => boolean): Engine {
  const then = withBank(alone, { ...bank, songs: bank.songs.filter((song) => !without(song)) });
  return then.members.bank ? withBank(alone, bank) : alone;
}

/** Fitted once for every 30 days. */
function baselineAt(cache: Map<number, SzaboHuberman>, engine: Engine, pool: readonly FinishedSong[], knownBy: number): SzaboHuberman {
  const month = Math.floor(knownBy / BASELINE_DAYS);
  const known = cache.get(month);
  if (known) return known;
  const finished = pool.filter((song) => song.date <= month * BASELINE_DAYS);
  const model = finished.length >= FEWEST_FOR_BASELINE ? fitSzaboHuberman(finished) : engine.baseline;
  cache.set(month, model);
  return model;
}

/**
 * Counts the days at or below each quantile. Of an off-chart day only the floor is known; where a quantile lies below it, the day counts as level / P(at most the floor),
 * the mean of the randomised probability integral transform (Czado, Gneiting & Held, Biometrics 2009).
 */
function reliability(series: Series, origin: number, forecast: readonly Quantiles[]): Pick<Tested, 'below' | 'days'> {
  const below = LEVELS.map(() => 0);
  let days = 0;
  forecast.forEach((quantiles, step) => {
    const day = origin + step;
    const plays = series.plays[day] as number;
    const censored = isCensored(series, day);
    if (Number.isNaN(plays) && !censored) return;
    days++;
    const floor = series.floor[day] as number;
    [quantiles.q10, quantiles.q50, quantiles.q90].forEach((value, at) => {
      const level = LEVELS[at] as number;
      below[at] = (below[at] as number) + (censored ? (floor <= value ? 1 : Math.min(1, level / atMostShare(quantiles, floor))) : plays <= value ? 1 : 0);
    });
  });
  return { below, days };
}

/** The forecast's own probability of at most `plays`, for plays above the 10 % quantile: straight between the quantiles, halfway to certainty above them. */
export function atMostShare({ q10, q50, q90 }: Quantiles, plays: number): number {
  if (plays >= q90) return 0.95;
  if (plays >= q50) return 0.5 + (0.4 * (plays - q50)) / (q90 - q50);
  return plays >= q10 ? 0.1 + (0.4 * (plays - q10)) / (q50 - q10) : 0.1;
}
