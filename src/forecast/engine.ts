import { blend, calibrate, checkpointsOf, toPlays, type Calibration, type HeldOut } from './calibration.ts';
import { chooseWeights, USUAL_WEIGHTS } from './choose-weights.ts';
import { fitMembers, predictMembers, type Members, type MemberSettings } from './members.ts';
import type { Bank } from './neighbours.ts';
import { scoreForecast, summariseScores, type ForecastScore, type ScoreSummary } from './scoring.ts';
import type { Series } from './series.ts';
import { splitsOf } from './splits.ts';
import { fitSzaboHuberman, predictSzaboHuberman, type SzaboHuberman } from './szabo-huberman.ts';
import { isLearnable } from './training-table.ts';
import { ORIGINS, type FinishedSong, type ModelForecast, type Origin } from './types.ts';
import type { WeeklyModel } from './weekly-shape.ts';

/** Seen through a chart, or complete counts: their songs behave so differently that each has models of its own. */
export type DataKind = 'chart' | 'complete';

/** On songs the members had not learned from, by origin: the engine, the log-linear model fitted on the same songs, and the ratio of their losses. */
export type Backtest = { origin: Origin; engine: ScoreSummary; szaboHuberman: ScoreSummary; ratio: number }[];

export type Engine = {
  kind: DataKind;
  fittedOn: number;
  members: Members;
  /** Of the members: shaped, straight, and the third where there is one. */
  weights: number[];
  calibrations: Record<Origin, Calibration>;
  /** Fitted on the same songs: every forecast is judged beside it. */
  baseline: SzaboHuberman;
  backtest: Backtest;
};

export const kindOf = ({ charted }: Series): DataKind => (charted ? 'chart' : 'complete');

const SETTINGS: Record<DataKind, MemberSettings> = {
  chart: { trees: { trees: 40, leaves: 10, learningRate: 0.1, leastLeafShare: 0.012, bags: 4, seed: 1 }, horizons: 5, ridge: 1000, neighbours: 50 },
  complete: { trees: { trees: 30, leaves: 4, learningRate: 0.1, leastLeafShare: 0.15, bags: 4, seed: 1 }, horizons: 4, ridge: 5000, neighbours: 60 },
};

export type FitOptions = {
  kind: DataKind;
  weekly?: WeeklyModel;
  /** Keep the songs themselves, for the nearest trajectories; false for a model that is shipped. */
  keepSongs?: boolean;
  settings?: MemberSettings;
  /** Called with the share done, 0..1. */
  onProgress?: (done: number) => void;
};

/**
 * Learns the whole engine: members on all songs; weights and intervals on songs held out by market, group and date.
 * The same songs in the same order give the same engine.
 *
 * @param songs of one kind of data; at least a few dozen
 */
export function fitEngine(songs: readonly FinishedSong[], { kind, weekly, keepSongs = true, settings = SETTINGS[kind], onProgress }: FitOptions): Engine {
  const splits = splitsOf(songs);
  const perFit = (bags: number) => 2 * 3 * bags * settings.trees.trees;
  const heldOutSettings = { ...settings, trees: { ...settings.trees, bags: Math.min(2, settings.trees.bags) } };
  const trees = splits.length * perFit(heldOutSettings.trees.bags) + perFit(settings.trees.bags);
  let done = 0;
  const onTree = () => onProgress?.(++done / trees);
  const parts = splits.map(({ train, test }) => {
    const members = fitMembers(train, kind, weekly, heldOutSettings, keepSongs, onTree);
    const baseline = fitSzaboHuberman(train.filter((song) => song.series.fresh));
    return { heldOut: holdOut(members, test), baseline };
  });
  const heldOut = parts.flatMap((part) => part.heldOut);
  const weights = chooseWeights(heldOut, kind, keepSongs || kind === 'complete');
  const calibrations = Object.fromEntries(ORIGINS.map((origin) => [origin, calibrate(heldOut.filter((one) => one.origin === origin), weights, kind, origin)])) as Engine['calibrations'];
  return {
    kind,
    fittedOn: songs.length,
    members: fitMembers(songs, kind, weekly, settings, keepSongs, onTree),
    weights,
    calibrations,
    baseline: fitSzaboHuberman(songs.filter((song) => song.series.fresh)),
    backtest: backtestOf(parts, weights, calibrations),
  };
}

/**
 * Forecasts the days `origin`..59 and the checkpoints. Reads the first `origin` days only.
 * @param without finished songs that must not serve as neighbours: the song itself
 */
export function predictEngine(engine: Engine, series: Series, origin: Origin, without?: (song: FinishedSong) => boolean): ModelForecast {
  const { snapshot, targets } = predictMembers(engine.members, series, origin, without);
  const calibration = engine.calibrations[origin];
  const days = toPlays(snapshot, blend(targets, engine.weights), calibration);
  return { days, checkpoints: checkpointsOf(series, origin, days, calibration) };
}

/** The engine with the catalogue's finished songs for neighbours, if they are enough to tell anything. */
export function withBank(engine: Engine, bank: Bank): Engine {
  if (bank.songs.length < FEWEST_IN_BANK) return engine;
  return { ...engine, members: { ...engine.members, bank }, weights: engine.weights.length === 3 ? engine.weights : USUAL_WEIGHTS[engine.kind] };
}

const FEWEST_IN_BANK = 30;

/** At most this many held-out songs a split and origin: enough for weights and intervals. */
const MOST_HELD_OUT = 300;

function holdOut(members: Members, test: readonly FinishedSong[]): HeldOut[] {
  return ORIGINS.flatMap((origin) => {
    const usable = test.filter((song) => isLearnable(song.series, origin));
    const step = Math.max(1, usable.length / MOST_HELD_OUT);
    const drawn = usable.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
    return drawn.map((song) => ({ song, origin, ...predictMembers(members, song.series, origin) }));
  });
}

function backtestOf(parts: readonly { heldOut: HeldOut[]; baseline: SzaboHuberman }[], weights: readonly number[], calibrations: Engine['calibrations']): Backtest {
  return ORIGINS.flatMap((origin) => {
    const scores: ForecastScore[] = [];
    const baselines: ForecastScore[] = [];
    for (const { heldOut, baseline } of parts)
      for (const { song, snapshot, targets } of heldOut.filter((one) => one.origin === origin)) {
        const score = scoreForecast(song.series, origin, toPlays(snapshot, blend(targets, weights), calibrations[origin]));
        const beside = scoreForecast(song.series, origin, predictSzaboHuberman(baseline, song.series, origin).days);
        if (!score || !beside) continue;
        scores.push(score);
        baselines.push(beside);
      }
    if (scores.length === 0) return [];
    const [engine, szaboHuberman] = [summariseScores(scores), summariseScores(baselines)];
    return [{ origin, engine, szaboHuberman, ratio: engine.pinball / szaboHuberman.pinball }];
  });
}
