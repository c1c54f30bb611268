import { insertForecast } from '../db/queries/forecast-insert.ts';
import { UserError } from '../errors.ts';
import type { Services } from '../services.ts';
import { addDays } from './calendar.ts';
import { loadFinishedSongs } from './load-finished-songs.ts';
import { loadTrajectory } from './load-trajectory.ts';
import { knownDays, knownSum, seriesOf } from './series.ts';
import { fitSzaboHuberman, szaboHubermanModel } from './szabo-huberman.ts';
import { CHECKPOINTS, ORIGINS, type ForecastAnswer, type ForecastModel, type ModelForecast, type Origin, type Quantiles, type Trajectory } from './types.ts';

/** Fewer finished songs say too little about the 10 % and the 90 % case. */
const FEWEST_FINISHED = 30;

/**
 * Forecasts a song's plays up to day 59 from its first `origin` days, and stores the answer.
 * @param question.origin default: the most days that are known
 * @throws UserError `song-too-young`, `origin-not-reached` (both with `askOn`, the date on which enough days have passed), `song-without-plays`,
 * `song-days-missing`, `too-few-finished-songs`, and those of loadTrajectory
 */
export async function forecastSong(services: Services, question: { songId: number; origin?: Origin }): Promise<ForecastAnswer> {
  const trajectory = await loadTrajectory(services, question.songId);
  const origin = chooseOrigin(trajectory, question.origin);
  checkKnownDays(trajectory, origin);
  const model = await fitOnCatalogue(services, question.songId);
  const forecast = model.predict(seriesOf(trajectory.days), origin);
  const { days, checkpoints } = forecast;
  const total = checkpoints.at(-1) as Quantiles;
  const id = await insertForecast(services.db.sql, {
    songId: question.songId,
    origin,
    model: model.id,
    dataDate: trajectory.dataDate,
    q10: days.map((day) => day.q10),
    q50: days.map((day) => day.q50),
    q90: days.map((day) => day.q90),
    total: [total.q10, total.q50, total.q90],
  });
  return { id, origin, ...describe(trajectory, origin, forecast), total, model: { id: model.id, fittedOn: model.fittedOn } };
}

/** The origin asked for, or the largest whose days have passed. */
export function chooseOrigin({ song, days }: Trajectory, asked: Origin | undefined): Origin {
  const { title, releaseDate } = song;
  const largest = ORIGINS.findLast((origin) => origin <= days.length);
  if (!largest) throw new UserError('song-too-young', { title, days: days.length, askOn: addDays(releaseDate, ORIGINS[0]) });
  if (asked && asked > largest) throw new UserError('origin-not-reached', { title, origin: asked, days: days.length, askOn: addDays(releaseDate, asked) });
  return asked ?? largest;
}

function checkKnownDays({ song, days }: Trajectory, origin: Origin): void {
  const series = seriesOf(days);
  if (!series.plays.some((plays) => plays > 0)) throw new UserError('song-without-plays', { title: song.title });
  if (Number.isNaN(knownSum(series, origin))) throw new UserError('song-days-missing', { title: song.title, origin, known: knownDays(series, origin) });
}

async function fitOnCatalogue(services: Services, songId: number): Promise<ForecastModel> {
  const others = (await loadFinishedSongs(services)).filter((song) => song.id !== songId);
  if (others.length < FEWEST_FINISHED) throw new UserError('too-few-finished-songs', { finished: others.length, needed: FEWEST_FINISHED });
  return szaboHubermanModel(fitSzaboHuberman(others));
}

function describe({ song, dataDate, days: known }: Trajectory, origin: Origin, { days, checkpoints }: ModelForecast) {
  return {
    song,
    dataDate,
    known,
    days: days.map((quantiles, step) => ({ day: origin + step, date: addDays(song.releaseDate, origin + step), ...quantiles })),
    checkpoints: CHECKPOINTS.map((day, at) => ({ day, ...(checkpoints[at] as Quantiles) })),
  };
}
