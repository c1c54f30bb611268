import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fitEngine, type Engine } from '../src/forecast/engine.ts';
import { storeEngine } from '../src/forecast/store-engine.ts';
import { readChartEntries, readCompleteCounts, readWeeklyCharts } from '../src/forecast/trajectory-files.ts';
import { fitWeekly } from '../src/forecast/weekly-shape.ts';

/**
 * Trains the default models and writes them with their cards beside this file:
 * node models/forecast-train.ts --chart entries_60d.csv.gz --friday entries_56d.csv.gz --complete releases_60d.csv.gz
 */
const { values } = parseArgs({ options: { chart: { type: 'string' }, friday: { type: 'string' }, complete: { type: 'string' } } });
if (!values.chart || !values.friday || !values.complete) throw new Error('Name --chart, --friday and --complete files');

const rounded = (value: number) => Number(value.toPrecision(4));

async function write(name: string, engine: Engine, about: object): Promise<void> {
  const card = {
    name: `forecast-${name}`,
    inputs: 'daily plays of the first 3, 7, 14 or 30 days, and the chart floor of each day where there is one',
    output: 'quantiles at 10, 50 and 90 % of the plays on each later day up to day 59, and by days 7, 14, 30 and 60',
    ...about,
    fittedOn: engine.fittedOn,
    weights: engine.weights.map(rounded),
    backtest: engine.backtest.map(({ origin, engine: own, szaboHuberman, ratio }) => ({
      origin, songs: own.n, pinball: rounded(own.pinball), szaboHuberman: rounded(szaboHuberman.pinball), ratio: rounded(ratio), coverage80: rounded(own.coverage), totalError: rounded(own.totalError),
    })),
    backtestNote: 'songs of markets not learned from, later songs, and other groups only; without neighbours (chart only), which are those of the catalogue',
    licence: 'MIT for the weights; the data are not part of the project',
  };
  await writeFile(new URL(`forecast-${name}.json`, import.meta.url), `${JSON.stringify(storeEngine(engine))}\n`);
  await writeFile(new URL(`forecast-${name}.card.json`, import.meta.url), `${JSON.stringify(card, null, 2)}\n`);
  console.log(name, card.backtest);
}

const weekly = fitWeekly(await readWeeklyCharts(values.friday), 1);
const charted = await readChartEntries(values.chart);
// A catalogue knows a song's own floors only; the model must not count on those before the release.
for (const { series } of charted) series.floorBefore.fill(NaN);
await write('chart', fitEngine(charted, { kind: 'chart', weekly, keepSongs: false }), {
  data: '2,180 entries into daily top-100 charts of 14 countries (January to March 2019), with weekly top-200 charts of 2017 and 2018 for the shape from week to week',
  limits: 'streaming charts of 2019: days off the chart are known only to be at or below its floor, and most entries are by known artists',
});
await write('complete', fitEngine(await readCompleteCounts(values.complete), { kind: 'complete', keepSongs: false }), {
  data: '89 releases with complete daily counts of a streaming service (March to August 2015), 8 artists, tens of plays a day',
  limits: 'few songs of few artists, and low counts (a few to a few hundred plays a day): a song with hundreds of times more is expected to fall further than it may; retrain on the catalogue as soon as it has finished songs of its own',
});
