import type { KnownBlock } from '@slack/types';
import { count, estimate } from '../../charts/figures.ts';
import { separationWords } from '../../charts/forecast-words.ts';
import { CHART_DAYS } from '../../forecast/chart-exit.ts';
import type { ForecastAnswer } from '../../forecast/types.ts';
import type { Text, TextKey } from '../../text/catalogue.ts';
import { escapeMrkdwn } from '../limits.ts';
import { section } from './message.ts';

/** So many reasons are told; smaller ones than a hundredth are none. */
const REASONS = 3;
const LEAST_EFFECT = 0.01;

/** Words that belong to a code of the forecast; the code itself where the catalogue lacks them. */
const named = (key: string, code: string, text: Text): string => text.maybe(`${key}.${code}`, {}, `${key}.other` as TextKey);

/** A factor as a change. @example change(textFor('en'), -0.12) // '−11%' */
function change(text: Text, log: number): string {
  const percent = Math.round((Math.exp(log) - 1) * 100);
  return `${percent < 0 ? '−' : '+'}${text.number(Math.abs(percent))}%`;
}

/** Why: the largest reasons, and whether a second method agrees on the first. */
export function reasonBlocks({ why }: ForecastAnswer, text: Text): KnownBlock[] {
  const told = why.reasons.filter(({ effect }) => Math.abs(effect) >= LEAST_EFFECT).slice(0, REASONS);
  if (told.length === 0) return [];
  const lines = told.map(({ group, effect }) => `• ${change(text, effect)} ${named('forecast.reason', group, text)}`);
  return [section([text.t('forecast.why'), ...lines, ...(why.disputed ? [text.t('forecast.why-disputed')] : [])].join('\n'))];
}

/** What goes when the song leaves the new-song chart, and what is left on the day after; nothing where no plays came from the chart. */
export function chartExitBlocks({ chartExit, origin }: ForecastAnswer, text: Text): KnownBlock[] {
  const left = chartExit?.rest[CHART_DAYS - origin];
  if (!chartExit || left === undefined || origin >= CHART_DAYS) return [];
  const values = { share: Math.round(chartExit.share * 100), lost: estimate(text, chartExit.lostOnExit), left: estimate(text, left) };
  return [section(text.t('forecast.chart-exit', values))];
}

/** Songs like this one, and what told those that held from those that fell. */
export function similarBlocks({ similar }: Pick<ForecastAnswer, 'similar'>, text: Text): KnownBlock[] {
  if (similar.songs.length === 0) return [];
  const songs = similar.songs.map((song) =>
    text.t('similar.song', { title: escapeMrkdwn(song.title), artist: escapeMrkdwn(song.artist), total: count(text, song.total), held: Math.round(song.held * 100) }),
  );
  const separated = similar.separated.map((one) => separationWords(one, text));
  return [section([text.t('similar.title'), ...songs.map((line) => `• ${line}`)].join('\n')), ...(separated.length > 0 ? [section([text.t('similar.separated'), ...separated.map((line) => `• ${line}`)].join('\n'))] : [])];
}

/** How earlier forecasts of this kind turned out, or that none has yet. */
export function recordWords({ record, origin }: Pick<ForecastAnswer, 'record' | 'origin'>, text: Text): string {
  if (record.n === 0) return text.t('forecast.record-none', { origin });
  const shares = { n: record.n, origin, inside: Math.round(record.inside * 100) };
  return record.totalError === null
    ? text.t('forecast.record-days', shares)
    : text.t('forecast.record', { ...shares, finished: record.finished, error: Math.round(record.totalError * 100) });
}
