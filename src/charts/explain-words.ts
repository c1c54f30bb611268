import type { RecordSummary } from '../forecast/record.ts';
import { CHART_DAYS, type ForecastAnswer } from '../forecast/types.ts';
import type { Text, TextKey } from '../text/catalogue.ts';
import { count, estimate } from './figures.ts';

// What a forecast says beside its picture, in sentences without markup: the same in Slack and in a terminal.

/** So many reasons are told; smaller ones than a hundredth are none. */
const REASONS = 3;
const LEAST_EFFECT = 0.01;

/** Words that belong to a code of the forecast; other words where the catalogue lacks them. */
const named = (key: string, code: string, text: Text): string => text.maybe(`${key}.${code}`, {}, `${key}.other` as TextKey);

/** A factor as a change. @example change(textFor('en'), -0.12) // '−11%' */
function change(text: Text, log: number): string {
  const percent = Math.round((Math.exp(log) - 1) * 100);
  return `${percent < 0 ? '−' : '+'}${text.number(Math.abs(percent))}%`;
}

/** The largest reasons; none where no effect reaches a hundredth. */
export const reasonWords = ({ why }: Pick<ForecastAnswer, 'why'>, text: Text): string[] =>
  why.reasons
    .filter(({ effect }) => Math.abs(effect) >= LEAST_EFFECT)
    .slice(0, REASONS)
    .map(({ group, effect }) => text.t('forecast.reason', { change: change(text, effect), reason: named('forecast.reason', group, text) }));

/** What goes when the song leaves the new-song chart, and what is left on the day after; '' where no plays came from the chart. */
export function exitWords({ chartExit, origin }: Pick<ForecastAnswer, 'chartExit' | 'origin'>, text: Text): string {
  const left = leftAfterExit({ chartExit, origin });
  if (!chartExit || left === undefined) return '';
  return text.t('forecast.chart-exit', { share: Math.max(1, Math.round(chartExit.share * 100)), lost: estimate(text, chartExit.lostOnExit), left: estimate(text, left) });
}

/** Plays expected on the first day off the new-song chart. */
export const leftAfterExit = ({ chartExit, origin }: Pick<ForecastAnswer, 'chartExit' | 'origin'>): number | undefined => chartExit?.rest[CHART_DAYS - origin];

type Similar = ForecastAnswer['similar'];

/** @param safe what is done to names before they are shown */
export const similarSongWords = ({ title, artist, total, held }: Similar['songs'][number], text: Text, safe = (name: string) => name): string =>
  text.t('similar.song', { title: safe(title), artist: safe(artist), total: count(text, total), held: Math.round(held * 100) });

/** What told the songs that held from those that fell. */
export const separationWords = ({ feature, difference, held, fell }: Similar['separated'][number], text: Text): string =>
  text.t('similar.separation', { what: named(difference > 0 ? 'similar.more' : 'similar.less', feature, text), held, fell });

/** How earlier forecasts turned out, beside the simple method, or that none has been checked on a counted day yet. `origin`: all of them were made on that day. */
export function recordWords(record: RecordSummary, origin: number | undefined, text: Text): string {
  const values = { n: record.n, origin: origin ?? 'any', inside: Math.round(record.inside * 100) };
  if (record.days === 0) return text.t('record.none', values);
  if (record.totalError === null) return text.t('record.days', values);
  const told = text.t('record.finished', { ...values, finished: record.finished, error: Math.round(record.totalError * 100) });
  const beside = record.szaboHubermanError === null ? [] : [text.t('record.beside', { error: Math.round(record.szaboHubermanError * 100) })];
  return [told, ...beside].join(text.locale === 'en' ? ' ' : '');
}

/** Whose model answered. */
export const modelWords = ({ model }: Pick<ForecastAnswer, 'model'>, text: Text): string => text.t(model.shipped ? 'forecast.shipped' : 'forecast.own-model');
