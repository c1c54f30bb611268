import type { ChartExit } from './chart-exit.ts';
import type { DataKind } from './engine.ts';
import type { Reason } from './reasons.ts';
import type { RecordSummary } from './record.ts';
import type { Series } from './series.ts';
import type { Separation, SimilarSong } from './similar-songs.ts';

/** Days of a trajectory: day 0 (release) to day 59. */
export const TRAJECTORY_DAYS = 60;

/** The new-song chart lists songs up to this many days old. */
export const CHART_DAYS = 30;

/** How many days may be known when a forecast is made. */
export const ORIGINS = [3, 7, 14, 30] as const;
export type Origin = (typeof ORIGINS)[number];

/** Days whose cumulative plays are reported: "by day 7" is the sum of days 0..6. */
export const CHECKPOINTS = [7, 14, 30, 60] as const;

/** Plays at 10, 50 and 90 %: q10 <= q50 <= q90, none negative. */
export type Quantiles = { q10: number; q50: number; q90: number };
export const LEVELS = [0.1, 0.5, 0.9] as const;

/**
 * One day of a trajectory. `plays` is null on an unknown day and on a censored one; a censored day has the chart `floor` that the
 * plays did not exceed. A counted day may carry the floor of its chart, too.
 */
export type TrajectoryDay = { day: number; date: string; plays: number | null; floor: number | null };

export type SongRef = { id: number; externalId: string; title: string; artist: string; releaseDate: string };

/** A song with its known days: `days[i].day === i`, ending at the data date or day 59; empty before the release. `charted`: seen through a chart. */
export type Trajectory = { song: SongRef; dataDate: string; charted: boolean; days: TrajectoryDay[] };

/** A song whose 60 days have passed, to learn from. Songs of one `group` (its artist, or the track in several markets) are kept together. */
export type FinishedSong = {
  id: number;
  series: Series;
  group: string;
  /** The chart's market, where there are several. */
  market: string;
  /** Day number of the release, for splitting by date. */
  date: number;
};

/** What any forecasting model returns: the days `origin`..59 in order, and the cumulative plays by each of CHECKPOINTS. */
export type ModelForecast = { days: Quantiles[]; checkpoints: Quantiles[] };

/** A fitted model. `predict` reads the first `origin` days only. */
export type ForecastModel = {
  /** Name and version, e.g. `szabo-huberman/1`; stored with every forecast. */
  id: string;
  /** How many finished songs it was fitted on. */
  fittedOn: number;
  predict(series: Series, origin: Origin): ModelForecast;
};

export type ForecastAnswer = {
  /** Id under which the forecast is stored. */
  id: string;
  song: SongRef;
  origin: Origin;
  /** Last day of data the catalogue had. */
  dataDate: string;
  /** Days known by the data date, those after the origin too: what came true since. */
  known: TrajectoryDay[];
  /** Days `origin`..59. */
  days: (Quantiles & { day: number; date: string })[];
  /**
   * Cumulative plays by day 7, 14, 30 and 60. `counted`: every day up to it had a count and was before the origin; up to the origin without it,
   * q10 = q50 = q90 with days estimated that are missing or off the chart.
   */
  checkpoints: (Quantiles & { day: number; counted: boolean })[];
  total: Quantiles;
  /** `shipped`: the default model, because the catalogue has none of its own yet. */
  model: { id: string; fittedOn: number; shipped: boolean };
  kind: DataKind;
  /** Why, largest reason first; `disputed` when a second method names another one first. */
  why: { reasons: Reason[]; disputed: boolean };
  /** The catalogue's finished songs whose first days look most alike, and what told those that held from those that fell. */
  similar: { songs: (SimilarSong & { title: string; artist: string })[]; separated: Separation[] };
  /** Absent where the plays name no source. */
  chartExit?: ChartExit;
  /** How earlier forecasts at this origin turned out. */
  record: RecordSummary;
};
