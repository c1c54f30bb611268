import { DAYS_BEFORE, type Series } from './series.ts';

/** How far the log plays of a weekday lie above those of the week around it; 7 numbers from Monday on, with mean 0. */
export type Season = Float64Array;

/** Latest weeks weigh most: half as much after about 10 days. */
const FADE = 0.935;
/** This many same weekdays' worth of trust in the usual pattern. */
const TRUST = 1.5;

/**
 * The weekday pattern of a series' chart floors up to its end, pulled toward the usual one: the plays at the last rank follow the market's week
 * and not the song. Without floors it is the usual pattern.
 */
export function seasonOf(series: Series, usual: Season): Season {
  const logs = [...series.floorBefore, ...series.floor].map((value) => Math.log(value + 0.5));
  return fitSeason(logs, series.weekday - DAYS_BEFORE, usual);
}

/**
 * @param logs one a day, NaN where unknown
 * @param firstWeekday weekday of the first entry; any whole number, taken modulo 7
 * @param trust how many same weekdays the usual pattern counts for
 */
export function fitSeason(logs: readonly number[], firstWeekday: number, usual: Season, trust = TRUST): Season {
  const weekday = (at: number) => (((firstWeekday + at) % 7) + 7) % 7;
  const rest = logs.map((value, at) => value - (usual[weekday(at)] as number));
  const sums = new Float64Array(7);
  const weights = new Float64Array(7);
  rest.forEach((value, at) => {
    if (Number.isNaN(value)) return;
    const around = rest.slice(Math.max(0, at - 3), at + 4).filter((near) => !Number.isNaN(near));
    const weight = FADE ** (rest.length - 1 - at);
    sums[weekday(at)] = (sums[weekday(at)] as number) + weight * (value - around.reduce((sum, near) => sum + near, 0) / around.length);
    weights[weekday(at)] = (weights[weekday(at)] as number) + weight;
  });
  const pattern = usual.map((value, at) => value + (sums[at] as number) / Math.max(1e-9, (weights[at] as number) + trust));
  const mean = pattern.reduce((sum, value) => sum + value, 0) / 7;
  return pattern.map((value) => value - mean);
}

/** The mean pattern of a catalogue: of its chart floors, or of the songs' own plays where nothing is censored. */
export function usualSeason(all: readonly Series[]): Season {
  const sum = new Float64Array(7);
  for (const { plays, floor, weekday } of all) {
    const charted = floor.some((value) => !Number.isNaN(value));
    fitSeason([...(charted ? floor : plays)].map((value) => Math.log(value + 0.5)), weekday, new Float64Array(7), 0).forEach((value, at) => {
      sum[at] = (sum[at] as number) + value / all.length;
    });
  }
  return sum;
}
