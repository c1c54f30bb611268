import { insertForecast } from '../db/queries/forecast-insert.ts';
import { chartShareOfSong } from '../db/queries/trajectory-chart-share.ts';
import { UserError } from '../errors.ts';
import type { Services } from '../services.ts';
import { activeEngine, type ActiveEngine } from './active-engine.ts';
import { addDays } from './calendar.ts';
import { catalogueBank } from './catalogue-bank.ts';
import { chartExit } from './chart-exit.ts';
import { kindOf, predictEngine, withBank, type Engine } from './engine.ts';
import { findSimilar } from './find-similar.ts';
import { addListenerFacts } from './listener-facts.ts';
import { loadTrajectory } from './load-trajectory.ts';
import { createBank, typicalFeatures, type Bank } from './neighbours.ts';
import { reasonsFor } from './reasons.ts';
import { forecastRecord } from './record.ts';
import { knownDays, knownSum, seriesOf, type Series } from './series.ts';
import { predictSzaboHuberman } from './szabo-huberman.ts';
import { CHECKPOINTS, ORIGINS, type ForecastAnswer, type ModelForecast, type Origin, type Quantiles, type Trajectory } from './types.ts';

/**
 * Forecasts a song's plays up to day 59 from its first `origin` days, with the reasons, songs like it and the record so far, and stores the answer.
 * @param question.origin default: the most days that are known
 * @throws UserError `song-too-young`, `origin-not-reached` (both with `askOn`, the date on which enough days have passed), `song-without-plays`,
 * `song-days-missing`, and those of loadTrajectory
 */
export async function forecastSong(services: Services, question: { songId: number; origin?: Origin }): Promise<ForecastAnswer> {
  const trajectory = await loadTrajectory(services, question.songId);
  const origin = chooseOrigin(trajectory, question.origin);
  const counted = seriesOf(trajectory.days, trajectory.charted);
  checkKnownDays(trajectory, counted, origin);
  const { engine, bank, id: model, shipped } = await engineFor(services, counted, question.songId);
  const series = await addListenerFacts(services, counted, trajectory.song, origin, bank.songs, shipped ? 'sources' : 'listeners');
  const forecast = predictEngine(engine, series, origin);
  const id = await store(services, trajectory, origin, model, engine, forecast);
  const { reasons, disputed } = reasonsFor(engine, series, origin, typicalFeatures(bank, origin));
  const exit = chartExit(await chartShareOfSong(services.db.sql, question.songId, trajectory.song.releaseDate), origin, forecast.days);
  return {
    id,
    origin,
    ...describe(trajectory, origin, forecast),
    model: { id: model, fittedOn: engine.fittedOn, shipped },
    kind: engine.kind,
    why: { reasons, disputed },
    similar: await findSimilar(services, bank, series, origin),
    ...(exit && { chartExit: exit }),
    record: (await forecastRecord(services, origin)).summary,
  };
}

/** The origin asked for, or the largest whose days have passed. */
export function chooseOrigin({ song, days }: Pick<Trajectory, 'song' | 'days'>, asked: Origin | undefined): Origin {
  const { title, releaseDate } = song;
  const largest = ORIGINS.findLast((origin) => origin <= days.length);
  if (!largest) throw new UserError('song-too-young', { title, days: days.length, askOn: addDays(releaseDate, ORIGINS[0]) });
  if (asked && asked > largest) throw new UserError('origin-not-reached', { title, origin: asked, days: days.length, askOn: addDays(releaseDate, asked) });
  return asked ?? largest;
}

/** The model for the song's kind of data, with the catalogue's other finished songs for neighbours. */
export async function engineFor(services: Pick<Services, 'db'>, series: Series, songId: number): Promise<ActiveEngine & { bank: Bank }> {
  const kind = kindOf(series);
  const bank = (await catalogueBank(services))[kind];
  const others = bank.songs.some((song) => song.id === songId) ? createBank(bank.songs.filter((song) => song.id !== songId), bank.usual) : bank;
  const active = await activeEngine(services, kind);
  return { ...active, engine: withBank(active.engine, others), bank: others };
}

/** @throws UserError `song-without-plays`; `song-days-missing` when more than half of the first `origin` days are unknown */
export function checkKnownDays({ song }: Pick<Trajectory, 'song'>, series: Series, origin: Origin): void {
  if (!series.plays.some((plays) => plays > 0)) throw new UserError('song-without-plays', { title: song.title });
  if (Number.isNaN(knownSum(series, origin))) throw new UserError('song-days-missing', { title: song.title, origin, known: knownDays(series, origin) });
}

async function store(services: Services, { song, dataDate, days: known }: Trajectory, origin: Origin, model: string, engine: Engine, forecast: ModelForecast): Promise<string> {
  const total = forecast.checkpoints.at(-1) as Quantiles;
  const baseline = predictSzaboHuberman(engine.baseline, seriesOf(known), origin).days;
  return await insertForecast(services.db.sql, {
    songId: song.id,
    origin,
    model,
    dataDate,
    ...arraysOf(forecast.days),
    total: [total.q10, total.q50, total.q90],
    detail: { known: known.length, baseline: arraysOf(baseline) },
  });
}

const arraysOf = (days: readonly Quantiles[]) => ({ q10: days.map((day) => day.q10), q50: days.map((day) => day.q50), q90: days.map((day) => day.q90) });

function describe({ song, dataDate, days: known }: Trajectory, origin: Origin, { days, checkpoints }: ModelForecast) {
  return {
    song,
    dataDate,
    known,
    days: days.map((quantiles, step) => ({ day: origin + step, date: addDays(song.releaseDate, origin + step), ...quantiles })),
    checkpoints: CHECKPOINTS.map((day, at) => ({ day, ...(checkpoints[at] as Quantiles), counted: day <= origin && known.slice(0, day).every(({ plays }) => plays !== null) })),
    total: checkpoints.at(-1) as Quantiles,
  };
}
