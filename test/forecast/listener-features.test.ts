import { beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/boosting/random.ts';
import { SOURCES } from '../../src/db/schema/sources.ts';
import { defaultEngine } from '../../src/forecast/default-engines.ts';
import { fitEngine, predictEngine, type Engine } from '../../src/forecast/engine.ts';
import { FIXED_FEATURES, snapshotOf } from '../../src/forecast/features.ts';
import { LISTENER_FEATURES, listenerFacts, type ListenerDays, type ListenerFacts } from '../../src/forecast/listener-features.ts';
import { fitLinear, predictLinear } from '../../src/forecast/linear.ts';
import { reasonsFor } from '../../src/forecast/reasons.ts';
import { scoreForecast, summariseScores } from '../../src/forecast/scoring.ts';
import { trainingTable } from '../../src/forecast/training-table.ts';
import { binTable, fitTrees } from '../../src/forecast/trees.ts';
import { ORIGINS, type FinishedSong } from '../../src/forecast/types.ts';
import { madeSongs } from './made-songs.ts';

const at = (facts: ListenerFacts, origin: number, name: (typeof LISTENER_FEATURES)[number]) => facts[origin - 1]?.[LISTENER_FEATURES.indexOf(name)];
const alone = { songs: 0, daysSince: NaN, earlier: [] };

/** Three days: 40, 20 and 20 plays, half of them from the chart, by 20 + 10 + 0 new listeners; 8 of 40 core fans came on day 0, 4 on day 1. */
const three: ListenerDays = {
  delivered: Uint8Array.of(1, 1, 1),
  sources: SOURCES.map((source) => (source === 'chart' || source === 'library' ? Float64Array.of(20, 10, 10) : new Float64Array(3))),
  firsts: new Map([['TPE', Float64Array.of(10, 5, 0)], ['HUN', Float64Array.of(10, 5, 0)]]),
  coreFirsts: Float64Array.of(8, 4, 0),
  coreFans: 40,
};

describe('what listeners tell', () => {
  it('is worked by hand', () => {
    const facts = listenerFacts(three, { songs: 3, daysSince: 20, earlier: [] }, 10);
    expect(at(facts, 1, 'reach')).toBeCloseTo(Math.log(20), 6);
    expect(at(facts, 3, 'reach')).toBeCloseTo(Math.log(30), 6);
    expect(at(facts, 3, 'repeatRate')).toBeCloseTo(Math.log(80 / 30), 6);
    expect(at(facts, 3, 'newListeners')).toBeCloseTo(Math.log(30.5 / 80.5), 6);
    expect(at(facts, 1, 'coreShare')).toBeCloseTo(0.2, 6);
    expect(at(facts, 3, 'coreShare')).toBeCloseTo(0.3, 6);
    expect([at(facts, 3, 'chartShare'), at(facts, 3, 'chartShareNow'), at(facts, 3, 'libraryShare'), at(facts, 3, 'playlistShare')]).toEqual([0.5, 0.5, 0.5, 0]);
    expect([at(facts, 3, 'sourceMix'), at(facts, 3, 'regionSpread')]).toEqual([Math.fround(Math.log(2)), Math.fround(Math.log(2))]);
    expect([at(facts, 3, 'earlierSongs'), at(facts, 3, 'sinceRelease')]).toEqual([Math.fround(Math.log(4)), Math.fround(Math.log(20))]);
    expect(at(facts, 3, 'earlierCourse')).toBeNaN();
  });

  it('stays unknown with fewer listeners behind it than the minimum group', () => {
    const few = listenerFacts(three, alone, 25);
    expect(at(few, 1, 'reach')).toBeNaN();
    expect(at(few, 1, 'chartShare')).toBeNaN();
    expect(at(few, 2, 'reach')).toBeCloseTo(Math.log(30), 6);
    expect(at(listenerFacts({ ...three, coreFans: 9 }, alone, 10), 3, 'coreShare')).toBeNaN();
    expect(at(listenerFacts({ ...three, coreFans: NaN }, alone, 10), 3, 'coreShare')).toBeNaN();
  });

  it('stays unknown where the plays of most days are missing, or none names a source', () => {
    expect(at(listenerFacts({ ...three, delivered: Uint8Array.of(1, 0, 0) }, alone, 10), 3, 'reach')).toBeNaN();
    const nameless = { ...three, sources: SOURCES.map((source) => (source === 'other' ? Float64Array.of(40, 20, 20) : new Float64Array(3))) };
    expect([at(listenerFacts(nameless, alone, 10), 3, 'sourceMix'), at(listenerFacts(nameless, alone, 10), 3, 'reach')]).toEqual([NaN, Math.fround(Math.log(30))]);
  });

  it('takes of the artist\'s earlier songs only those finished by the origin', () => {
    const [song] = madeSongs(1, 3) as [FinishedSong];
    const flat = (plays: number, later: number) => ({ ...song.series, plays: Float64Array.from({ length: 60 }, (_, day) => (day < 2 ? plays : later)) });
    const past = { songs: 2, daysSince: 58, earlier: [{ series: flat(100, 50), before: 58 }, { series: flat(100, 1), before: 57 }] };
    expect(at(listenerFacts(three, past, 10), 1, 'earlierCourse')).toBeNaN();
    expect(at(listenerFacts(three, past, 10), 2, 'earlierCourse')).toBeCloseTo(Math.log(50.5 / 100.5), 6);
  });
});

/** Songs that begin alike and lose their chart plays on day 30; only the sources tell how many those are. */
function chartSongs(count: number, seed: number): FinishedSong[] {
  const random = randomFrom(seed);
  return madeSongs(count, seed).map((song) => {
    const share = 0.9 * random();
    const plays = song.series.plays.map((value, day) => Math.round(40 * value * (day < 30 ? 1 : 1 - share)));
    const listeners = Array.from({ length: 38 }, () => Float32Array.from(LISTENER_FEATURES, (name) => (name === 'chartShare' || name === 'chartShareNow' ? share : NaN)));
    return { ...song, series: { ...song.series, plays, listeners } };
  });
}

const without = (song: FinishedSong): FinishedSong => {
  const { listeners: _, ...series } = song.series;
  return { ...song, series };
};

describe('models and listeners', () => {
  const settings = { trees: { trees: 20, leaves: 4, learningRate: 0.2, leastLeafShare: 0.02, bags: 1, seed: 1 }, horizons: 4, ridge: 50, neighbours: 30 };
  const usual = new Float64Array(7);
  const unseen = chartSongs(40, 22);
  let learned: Engine;
  beforeAll(() => {
    learned = fitEngine(chartSongs(90, 21), { kind: 'complete', settings });
  });

  it('a model learned with them uses them, and says so', () => {
    const loss = (songs: readonly FinishedSong[]) => summariseScores(songs.flatMap(({ series }) => scoreForecast(series, 14, predictEngine(learned, series, 14).days) ?? [])).pinball;
    expect(loss(unseen)).toBeLessThan(0.95 * loss(unseen.map(without)));
    const typical = unseen.map((song) => snapshotOf(song.series, 14, learned.members.usual).fixed);
    const charted = unseen.toSorted((a, b) => (at(b.series.listeners ?? [], 14, 'chartShare') ?? 0) - (at(a.series.listeners ?? [], 14, 'chartShare') ?? 0))[0] as FinishedSong;
    const told = reasonsFor(learned, charted.series, 14, typical);
    const sources = told.reasons.find(({ group }) => group === 'sources');
    expect(sources?.effect).toBeLessThan(-0.1);
    expect(sources?.checked).toBeLessThan(-0.1);
    expect(told.reasons.reduce((sum, { effect }) => sum + effect, told.bias)).toBeCloseTo(told.prediction, 9);
  });

  it('gives no reason of which nothing is known, and still adds up', () => {
    const told = reasonsFor(learned, without(unseen[0] as FinishedSong).series, 14, []);
    expect(told.reasons.map(({ group }) => group)).not.toEqual(expect.arrayContaining(['sources']));
    expect(told.reasons.map(({ group }) => group)).toContain('trend');
    expect(told.reasons.reduce((sum, { effect }) => sum + effect, told.bias)).toBeCloseTo(told.prediction, 9);
  });

  it('sees nothing after the origin: other listeners later, the same forecast', () => {
    for (const origin of ORIGINS)
      for (const { series } of unseen.slice(0, 5)) {
        const changed = { ...series, listeners: series.listeners?.map((row, day) => (day < origin ? row : row.map(() => 0.77))) };
        expect(predictEngine(learned, changed as typeof series, origin)).toEqual(predictEngine(learned, series, origin));
      }
  });

  it('learns nothing from facts that are the same for all songs, or unknown', () => {
    const bare = madeSongs(60, 8);
    const same = bare.map((song) => ({ ...song, series: { ...song.series, listeners: Array.from({ length: 38 }, () => Float32Array.from(LISTENER_FEATURES, (name) => (name === 'chartShare' ? 0.25 : NaN))) } }));
    const learn = (songs: readonly FinishedSong[]) => {
      const table = trainingTable(songs, usual, undefined, 3, 1);
      const straight = Float64Array.from(table.rows, () => 0);
      return { linear: fitLinear(table, 100), trees: fitTrees(table, binTable(table), straight, settings.trees) };
    };
    const [told, plain] = [learn(same), learn(bare)];
    expect(told.trees.bags).toEqual(plain.trees.bags);
    for (const { series } of unseen.slice(0, 5)) {
      const { listeners: _, ...untold } = series;
      expect(predictLinear(told.linear, snapshotOf(series, 7, usual), 40)).toBe(predictLinear(plain.linear, snapshotOf(untold, 7, usual), 40));
    }
  });

  it('the shipped models forecast the same with and without them', async () => {
    for (const kind of ['chart', 'complete'] as const) {
      const engine = await defaultEngine(kind);
      for (const song of madeSongs(5, 7, kind === 'chart' ? 900 : undefined)) {
        const listeners = Array.from({ length: 38 }, (_, day) => Float32Array.from(LISTENER_FEATURES, (__, feature) => (feature * 7 + day) / 10));
        for (const origin of ORIGINS) expect(predictEngine(engine, { ...song.series, listeners }, origin)).toEqual(predictEngine(engine, song.series, origin));
      }
    }
  });

  it('come last among the features, so that older models find theirs', () => {
    expect(FIXED_FEATURES.slice(-LISTENER_FEATURES.length)).toEqual([...LISTENER_FEATURES]);
  });
});
