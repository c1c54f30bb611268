import { findSongFacts } from '../db/queries/forecast-song-facts.ts';
import type { Services } from '../services.ts';
import { activeEngine } from './active-engine.ts';
import { catalogueBank } from './catalogue-bank.ts';
import { predictEngine, withBank, type DataKind, type Engine } from './engine.ts';
import { scoreForecast, summariseScores, type ForecastScore, type ScoreSummary } from './scoring.ts';
import { fitSzaboHuberman, predictSzaboHuberman, type SzaboHuberman } from './szabo-huberman.ts';
import { isLearnable } from './training-table.ts';
import { ORIGINS, TRAJECTORY_DAYS, type FinishedSong, type Origin, type Quantiles } from './types.ts';

export type BacktestRow = { kind: DataKind; origin: Origin; by: 'all' | 'artistSize' | 'genre'; value: string; engine: ScoreSummary; szaboHuberman: number; ratio: number };

/** Share of counted days at or below each predicted quantile: 0.1, 0.5 and 0.9 when the model is calibrated. */
export type CalibrationPoint = { kind: DataKind; origin: Origin; level: number; share: number; days: number };

export type CatalogueBacktest = { rows: BacktestRow[]; calibration: CalibrationPoint[] };

type Tested = { song: FinishedSong; origin: Origin; days: Quantiles[]; score: ForecastScore; baseline: ForecastScore };

const MOST_SONGS = 400;
const SIZES = ['small', 'middle', 'large'] as const;
const FEWEST = 10;

/**
 * Rolling-origin backtest over the catalogue's finished songs: every song is forecast with nothing but what was known at its origin; neighbours and the log-linear model see
 * only songs that were finished by then.
 */
export async function backtestCatalogue(services: Pick<Services, 'db'>): Promise<CatalogueBacktest> {
  const banks = await catalogueBank(services);
  const parts: CatalogueBacktest[] = [];
  for (const kind of ['chart', 'complete'] as const) {
    const engine = withBank((await activeEngine(services, kind)).engine, banks[kind]);
    const tested = rollingForecasts(engine, drawn(banks[kind].songs));
    const facts = new Map((await findSongFacts(services.db.sql, [...new Set(tested.map(({ song }) => song.id))])).map((fact) => [fact.id, fact]));
    const sizes = [...facts.values()].map((fact) => fact.artistPlays).toSorted((a, b) => a - b);
    const sizeOf = (song: FinishedSong) => SIZES[Math.min(2, Math.floor((3 * sizes.findLastIndex((plays) => plays <= (facts.get(song.id)?.artistPlays ?? 0))) / sizes.length))] ?? 'small';
    parts.push({
      rows: [...tableBy(kind, tested, 'all', () => ''), ...tableBy(kind, tested, 'artistSize', sizeOf), ...tableBy(kind, tested, 'genre', (song) => facts.get(song.id)?.genre ?? '')],
      calibration: calibrationPoints(kind, tested),
    });
  }
  return { rows: parts.flatMap((part) => part.rows), calibration: parts.flatMap((part) => part.calibration) };
}

/** Forecasts of finished songs as they would have been made; for comparing two engines on the same songs, too. */
export function rollingForecasts(engine: Engine, songs: readonly FinishedSong[]): Tested[] {
  const baselines = new Map<string, SzaboHuberman>();
  return ORIGINS.flatMap((origin) =>
    songs.flatMap((song) => {
      if (!isLearnable(song.series, origin)) return [];
      const knownBy = song.date + origin - TRAJECTORY_DAYS;
      const { days } = predictEngine(engine, song.series, origin, (other) => other.date > knownBy || other.id === song.id);
      const score = scoreForecast(song.series, origin, days);
      const baseline = scoreForecast(song.series, origin, predictSzaboHuberman(baselineAt(baselines, engine, songs, knownBy), song.series, origin).days);
      return score && baseline ? [{ song, origin, days, score, baseline }] : [];
    }),
  );
}

/** Fitted once a month of releases on the songs finished before it; the engine's own while those are too few. */
function baselineAt(cache: Map<string, SzaboHuberman>, engine: Engine, songs: readonly FinishedSong[], knownBy: number): SzaboHuberman {
  const month = String(Math.floor(knownBy / 30));
  const finished = songs.filter((song) => song.date <= Math.floor(knownBy / 30) * 30);
  const model = cache.get(month) ?? (finished.length >= 30 ? fitSzaboHuberman(finished) : engine.baseline);
  cache.set(month, model);
  return model;
}

function tableBy(kind: DataKind, tested: readonly Tested[], by: BacktestRow['by'], valueOf: (song: FinishedSong) => string): BacktestRow[] {
  return [...Map.groupBy(tested, ({ origin, song }) => `${origin}\n${valueOf(song)}`)].flatMap(([key, group]): BacktestRow[] => {
    const [origin = '', value = ''] = key.split('\n');
    if (group.length < FEWEST || (by !== 'all' && value === '')) return [];
    const engine = summariseScores(group.map(({ score }) => score));
    const szaboHuberman = summariseScores(group.map(({ baseline }) => baseline)).pinball;
    return [{ kind, origin: Number(origin) as Origin, by, value, engine, szaboHuberman, ratio: engine.pinball / szaboHuberman }];
  });
}

function calibrationPoints(kind: DataKind, tested: readonly Tested[]): CalibrationPoint[] {
  return [...Map.groupBy(tested, ({ origin }) => origin)].flatMap(([origin, group]) =>
    (['q10', 'q50', 'q90'] as const).map((name, at): CalibrationPoint => {
      const below = group.flatMap(({ song, days }) => days.flatMap((day, step) => {
        const plays = song.series.plays[origin + step] as number;
        return Number.isNaN(plays) ? [] : [plays <= day[name] ? 1 : 0];
      }));
      return { kind, origin, level: [0.1, 0.5, 0.9][at] as number, share: below.reduce((sum: number, one) => sum + one, 0) / Math.max(1, below.length), days: below.length };
    }),
  );
}

function drawn(songs: readonly FinishedSong[]): FinishedSong[] {
  const step = Math.max(1, songs.length / MOST_SONGS);
  return songs.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}
