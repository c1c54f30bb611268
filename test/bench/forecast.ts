import { parseArgs } from 'node:util';
import { fitEngine, predictEngine } from '../../src/forecast/engine.ts';
import { scoreForecast, summariseScores } from '../../src/forecast/scoring.ts';
import { knownSum, type Series } from '../../src/forecast/series.ts';
import { predictSzaboHuberman } from '../../src/forecast/szabo-huberman.ts';
import { readChartEntries, readCompleteCounts, readWeeklyCharts } from '../../src/forecast/trajectory-files.ts';
import { ORIGINS, TRAJECTORY_DAYS, type ModelForecast, type Origin } from '../../src/forecast/types.ts';
import { fitWeekly } from '../../src/forecast/weekly-shape.ts';

const USAGE = 'npm run bench -- forecast --train FILE [--friday FILE] --test FILE --origin 3|7|14|30 [--format complete]';

/** CPU time of fewer predictions says more about starting up. */
const LEAST_PREDICTIONS = 1000;

/**
 * Trains on the files named and forecasts the songs of the test file. Used are new songs with the first `origin` days counted; in complete counts those with
 * at least one play a day then. The losses are those of scoreForecast; the log-linear model is fitted on the same training file.
 */
export async function bench(args: string[]): Promise<object> {
  const { train, friday, test, origin, complete } = readArguments(args);
  const [songs, tests, weeks] = await Promise.all([read(train, complete), read(test, complete), friday ? readWeeklyCharts(friday) : undefined]);
  const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
  const beforeTraining = cpu();
  const engine = fitEngine(songs, { kind: complete ? 'complete' : 'chart', ...(weeks && { weekly: fitWeekly(weeks, 1) }) });
  const trainCpuMs = cpu() - beforeTraining;
  const used = tests.filter((song) => isUsed(song.series, origin, complete));
  const forecasts = used.map((song) => predictEngine(engine, song.series, origin));
  const rounds = Math.ceil(LEAST_PREDICTIONS / Math.max(1, used.length));
  const beforePredicting = cpu();
  for (let round = 0; round < rounds; round++) for (const song of used) predictEngine(engine, song.series, origin);
  const predictCpuMs = (cpu() - beforePredicting) / rounds;
  const scores = used.flatMap(({ series }, at) => scoreForecast(series, origin, (forecasts[at] as ModelForecast).days) ?? []);
  const baseline = used.flatMap(({ series }) => scoreForecast(series, origin, predictSzaboHuberman(engine.baseline, series, origin).days) ?? []);
  const ratios = used.map(({ series }, at) => {
    const forecast = forecasts[at] as ModelForecast;
    return (forecast.checkpoints.at(-1)?.q50 ?? NaN) / trueTotal(series, origin, forecast);
  });
  const [own, beside] = [summariseScores(scores), summariseScores(baseline)];
  console.error(`median of predicted / true total ${median(ratios).toFixed(3)}; the engine's own backtest: ${engine.backtest.map((one) => `${one.origin}: ${one.ratio.toFixed(3)}`).join(', ')}`);
  return {
    origin,
    n: own.n,
    pinball: own.pinball,
    szaboHuberman: beside.pinball,
    ratio: own.pinball / beside.pinball,
    coverage80: own.coverage,
    mdapeTotal: median(ratios.map((ratio) => Math.abs(ratio - 1))),
    trainCpuMs,
    predictCpuMsPerSong: predictCpuMs / used.length,
  };
}

function readArguments(args: string[]) {
  const { values } = parseArgs({
    args,
    options: { train: { type: 'string' }, friday: { type: 'string' }, test: { type: 'string' }, origin: { type: 'string' }, format: { type: 'string', default: 'chart' } },
  });
  const origin = ORIGINS.find((one) => String(one) === values.origin);
  if (!values.train || !values.test || !origin || !['chart', 'complete'].includes(values.format)) throw new Error(`Usage: ${USAGE}`);
  return { train: values.train, friday: values.friday, test: values.test, origin, complete: values.format === 'complete' };
}

const read = (path: string, complete: boolean) => (complete ? readCompleteCounts(path) : readChartEntries(path));

const isUsed = (series: Series, origin: Origin, complete: boolean): boolean =>
  series.fresh && !series.plays.subarray(0, origin).some((plays) => Number.isNaN(plays)) && knownSum(series, origin) >= (complete ? origin : 1);

/** An off-chart day has the smaller of floor and predicted median, as in the loss. */
function trueTotal(series: Series, origin: Origin, { days }: ModelForecast): number {
  let sum = knownSum(series, origin);
  for (let day = origin; day < TRAJECTORY_DAYS; day++) {
    const plays = series.plays[day] as number;
    sum += Number.isNaN(plays) ? Math.min(days[day - origin]?.q50 ?? 0, series.floor[day] as number) : plays;
  }
  return sum;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;
