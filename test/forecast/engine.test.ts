import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/forecast/calendar.ts';
import { defaultEngine } from '../../src/forecast/default-engines.ts';
import { calibrate, type HeldOut } from '../../src/forecast/calibration.ts';
import { chooseWeights, USUAL_WEIGHTS } from '../../src/forecast/choose-weights.ts';
import { fitEngine, kindOf, predictEngine, type Engine } from '../../src/forecast/engine.ts';
import { FEATURES, fillRow, referenceOf, snapshotOf } from '../../src/forecast/features.ts';
import { predictMembers, type MemberSettings } from '../../src/forecast/members.ts';
import { createBank } from '../../src/forecast/neighbours.ts';
import { explainRow, REASON_GROUPS, reasonsFor } from '../../src/forecast/reasons.ts';
import { scoreForecast, summariseScores } from '../../src/forecast/scoring.ts';
import { knownSum, seriesOf, type Series } from '../../src/forecast/series.ts';
import { readEngine, storeEngine } from '../../src/forecast/store-engine.ts';
import { predictSzaboHuberman } from '../../src/forecast/szabo-huberman.ts';
import { isLearnable } from '../../src/forecast/training-table.ts';
import { ORIGINS } from '../../src/forecast/types.ts';
import { madeSongs } from './made-songs.ts';

const settings: MemberSettings = { trees: { trees: 20, leaves: 6, learningRate: 0.15, leastLeafShare: 0.02, bags: 2, seed: 1 }, horizons: 4, ridge: 100, neighbours: 30 };
const charted = madeSongs(160, 1, 900);
const complete = madeSongs(160, 2);
const engines: Record<'chart' | 'complete', Engine> = { chart: fitEngine(charted, { kind: 'chart', settings }), complete: fitEngine(complete, { kind: 'complete', settings }) };
const unseen = { chart: madeSongs(60, 3, 900), complete: madeSongs(60, 4) };
const KINDS = ['chart', 'complete'] as const;

describe.each(KINDS)('the forecast engine on %s data', (kind) => {
  const engine = engines[kind];

  it('loses less than the log-linear model on songs it has not seen', () => {
    for (const origin of [7, 14] as const) {
      const songs = unseen[kind].filter((song) => isLearnable(song.series, origin));
      const own = songs.flatMap(({ series }) => scoreForecast(series, origin, predictEngine(engine, series, origin).days) ?? []);
      const other = songs.flatMap(({ series }) => scoreForecast(series, origin, predictSzaboHuberman(engine.baseline, series, origin).days) ?? []);
      expect(summariseScores(own).pinball).toBeLessThan(0.96 * summariseScores(other).pinball);
    }
  });

  it('sees nothing after the origin: another future, the same forecast', () => {
    for (const origin of ORIGINS)
      for (const { series } of unseen[kind].slice(0, 10)) {
        const future = (values: Float64Array) => values.map((value, day) => (day < origin ? value : ((value * 7919) % 5000) + 1));
        const changed = { ...series, plays: future(series.plays), floor: future(series.floor) };
        expect(predictEngine(engine, changed, origin)).toEqual(predictEngine(engine, series, origin));
        expect(kindOf(changed)).toBe(kindOf(series));
      }
  });

  it.each([
    ['nothing but zeros', [0, 0, 0, 0, 0, 0, 0]],
    ['one spike', [50_000, 0, 0, 0, 0, 0, 0]],
    ['a restart', [4, 0, 0, 0, 900, 2000, 5000]],
    ['gaps', [400, null, 380, null, null, 350, 340]],
    ['absurdly many plays', [4e9, 4e9, 4e9, 4e9, 4e9, 4e9, 4e9]],
  ])('gives ordered, finite, non-negative quantiles for %s', (_, plays) => {
    const series: Series = seriesOf(plays.map((value, day) => ({ day, date: `2026-01-0${day + 1}`, plays: value, floor: kind === 'chart' ? 900 : null })));
    const { days, checkpoints } = predictEngine(engine, series, 7);
    expect(days).toHaveLength(53);
    for (const { q10, q50, q90 } of [...days, ...checkpoints]) {
      expect(Number.isFinite(q90)).toBe(true);
      expect(q10 >= 0 && q10 <= q50 && q50 <= q90).toBe(true);
    }
  });

  it('copes with a chart that has told no floor by the origin', async () => {
    if (kind === 'complete') return;
    const shipped = await defaultEngine('chart');
    for (const asked of [engine, shipped])
      for (const origin of ORIGINS) {
        const series = seriesOf(Array.from({ length: origin }, (_, day) => ({ day, date: addDays('2026-01-01', day), plays: Math.round(9000 * 0.95 ** day), floor: null })), true);
        expect(kindOf(series)).toBe('chart');
        const { days, checkpoints } = predictEngine(asked, series, origin);
        for (const { q10, q50, q90 } of [...days, ...checkpoints]) {
          expect(Number.isFinite(q90)).toBe(true);
          expect(q10 >= 0 && q10 <= q50 && q50 <= q90).toBe(true);
        }
        expect(checkpoints.at(-1)?.q50).toBeGreaterThan(knownSum(series, origin));
      }
  });

  it('never expects fewer plays by a later day, even of a song that has died', async () => {
    const shipped = await defaultEngine(kind);
    const floor = kind === 'chart' ? 1 : null;
    for (const start of [10, 16, 25, 400])
      for (const decay of [0.5, 0.56, 0.62, 0.71, 0.9]) {
        const series = seriesOf(Array.from({ length: 14 }, (_, day) => ({ day, date: addDays('2026-01-01', day), plays: Math.round(start * decay ** day), floor })));
        const by = predictEngine(shipped, series, 14).checkpoints;
        for (const level of ['q10', 'q50', 'q90'] as const) expect(by.map((plays) => plays[level])).toEqual(by.map((plays) => plays[level]).toSorted((a, b) => a - b));
      }
  });

  it('is the same for the same songs, and after being stored', () => {
    const again = fitEngine(kind === 'chart' ? charted : complete, { kind, settings });
    const { series } = unseen[kind][0] as (typeof charted)[number];
    expect(predictEngine(again, series, 14)).toEqual(predictEngine(engine, series, 14));
    const stored = readEngine(JSON.parse(JSON.stringify(storeEngine(engine))));
    const bank = engine.members.bank;
    expect(predictEngine({ ...stored, members: { ...stored.members, ...(bank && { bank }) } }, series, 14)).toEqual(predictEngine(engine, series, 14));
  }, 60_000);

  it('gives reasons that add up to the prediction exactly', () => {
    const { series } = unseen[kind][1] as (typeof charted)[number];
    const { snapshot, targets } = predictMembers(engine.members, series, 14);
    const row = new Float32Array(FEATURES.length);
    const [first = 0, second = 0] = engine.weights;
    for (const day of [14, 30, 59]) {
      fillRow(row, snapshot, day, NaN);
      const { bias, contributions, prediction } = explainRow(engine, row);
      expect(contributions.reduce((sum, value) => sum + value, bias)).toBeCloseTo(prediction, 12);
      const learned = (first * (targets[0]?.[1]?.[day - 14] ?? 0) + second * (targets[1]?.[1]?.[day - 14] ?? 0)) / (first + second);
      expect(prediction).toBeCloseTo(learned, 6);
    }
    const told = reasonsFor(engine, series, 14, unseen[kind].slice(2, 12).map((song) => snapshotOf(song.series, 14, engine.members.usual).fixed));
    expect(told.reasons.reduce((sum, { effect }) => sum + effect, told.bias)).toBeCloseTo(told.prediction, 9);
  });

  it('backtests itself on songs of other artists and later dates', () => {
    expect(engine.backtest.length).toBeGreaterThan(1);
    expect(engine.backtest.reduce((sum, { ratio }) => sum + ratio, 0) / engine.backtest.length).toBeLessThan(1);
    for (const { engine: own } of engine.backtest) expect(own.coverage).toBeGreaterThan(0.6);
  });
});

describe('what the held-out songs of complete counts say of weights and bands', () => {
  const heldOutOf = (artists: number): HeldOut[] => unseen.complete.map((song) => ({ song: { ...song, group: `artist ${song.id % artists}` }, origin: 7, ...predictMembers(engines.complete.members, song.series, 7) }));
  const [one, many] = [heldOutOf(1), heldOutOf(60)];

  it('counts by artists, not by songs', () => {
    const moved = (heldOut: HeldOut[]) => Math.abs((chooseWeights(heldOut, 'complete', true)[2] as number) - USUAL_WEIGHTS.complete[2]);
    expect(moved(many)).toBeGreaterThan(0);
    expect(moved(many) / moved(one)).toBeCloseTo(60 / (60 + 27) / (1 / (1 + 27)), 9);
    const stretched = (heldOut: HeldOut[]) => Math.log(calibrate(heldOut, USUAL_WEIGHTS.complete, 'complete', 7).stretch[1] as number);
    expect(Math.abs(stretched(many))).toBeGreaterThan(Math.abs(stretched(one)));
  });

  it('moves the median total the further, the more artists there are', () => {
    const [alone, all] = [one, many].map((heldOut) => calibrate(heldOut, USUAL_WEIGHTS.complete, 'complete', 7).totals.at(-1)?.middle as number);
    expect((all as number) / (alone as number)).toBeGreaterThan(5);
  });
});

it('few neighbours have no say: a large bank may hold songs of hardly any artists', () => {
  const { bank: _, ...members } = engines.chart.members;
  const { series } = unseen.chart[0] as (typeof charted)[number];
  const withArtists = (artists: number) => predictMembers({ ...members, bank: createBank(charted.map((song) => ({ ...song, group: `artist ${song.id % artists}` })), members.usual) }, series, 7).targets;
  expect(withArtists(9)).toEqual(predictMembers(members, series, 7).targets);
  expect(withArtists(10)).toHaveLength(3);
});

describe('the features', () => {
  it('each belong to one group of reasons', () => {
    expect(Object.values(REASON_GROUPS).flat().toSorted()).toEqual([...FEATURES].toSorted());
  });

  it('tell a steady song\'s level whatever its size', () => {
    const steady = (plays: number) => seriesOf(Array.from({ length: 14 }, (_, day) => ({ day, date: `2026-01-${String(day + 1).padStart(2, '0')}`, plays, floor: null })));
    for (const plays of [10, 1e6]) {
      const snapshot = snapshotOf(steady(plays), 14, new Float64Array(7));
      expect(referenceOf(snapshot, 40)).toBeCloseTo(Math.log(plays + 0.5), 9);
    }
  });
});
