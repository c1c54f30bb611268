import type { ForecastAnswer } from '../forecast/types.ts';
import type { Text } from '../text/catalogue.ts';
import { altText, spokenName } from './alt.ts';
import { exitWords } from './explain-words.ts';
import { count, estimate, span } from './figures.ts';
import { drawable, ellipsis } from './glyphs.ts';
import { fittingName, SIZE } from './theme.ts';

export type ForecastWords = { title: string; subtitle: string; source: string; reference: string; alt: string };

/** Everything the forecast chart says in sentences: the finding, what is shown, where it comes from, and all of it for a reader who can't see. */
export function forecastWords(answer: ForecastAnswer, text: Text): ForecastWords {
  const { song, origin, total, model } = answer;
  const values = {
    artist: drawable(song.artist) || '–',
    plays: estimate(text, total.q50),
    many: total.q50,
    range: span(text, total.q10, total.q90),
    day: 60,
    origin,
  };
  const titled = (title: string) => text.t(titleKey(answer), { ...values, title, counted: count(text, countedBy(answer, 60) ?? 0) });
  return {
    title: titled(fittingName(drawable(song.title) || song.externalId, titled)),
    subtitle: text.t('chart.forecast.subtitle', { ...values, artist: ellipsis(values.artist, SIZE.subtitle, 400, 300) }),
    source: text.t('chart.forecast.source', { date: text.date(answer.dataDate), model: model.id, songs: model.fittedOn }),
    reference: text.t('chart.song-id', { id: drawable(song.externalId) }),
    alt: spoken(answer, text),
  };
}

function titleKey(answer: ForecastAnswer) {
  if (countedBy(answer, 60) !== null) return 'chart.forecast.title-done';
  return answer.total.q90 < 0.5 ? 'chart.forecast.title-none' : 'chart.forecast.title';
}

/** Plays counted by a day (7: days 0..6); null while one of its days is unknown or censored. */
export function countedBy({ known }: ForecastAnswer, day: number): number | null {
  const days = known.slice(0, day);
  if (days.length < day || days.some(({ plays }) => plays === null)) return null;
  return days.reduce((sum, { plays }) => sum + (plays ?? 0), 0);
}

/** A checkpoint's plays, and what they are: counted, counted in part, a forecast with its range, or unknown (NaN: most of its days are). */
export function checkpointWords({ day, q10, q50, q90, counted }: ForecastAnswer['checkpoints'][number], origin: number, text: Text): { plays: string; note: string } {
  if (counted) return { plays: count(text, q50), note: text.t('chart.forecast.counted') };
  if (Number.isNaN(q50)) return { plays: '–', note: text.t('chart.forecast.unknown') };
  const plays = estimate(text, q50);
  if (day <= origin) return { plays, note: text.t('chart.forecast.counted-part') };
  const range = span(text, q10, q90);
  return { plays, note: range === plays ? text.t('chart.forecast.narrow') : range };
}

function spoken(answer: ForecastAnswer, text: Text): string {
  const { song, origin, total, checkpoints, days, known } = answer;
  const last = days.at(-1);
  const counted = known.filter((day) => day.day < origin && day.plays !== null).map((day) => day.plays ?? 0);
  const since = sinceInside(answer);
  const censored = known.filter((day) => day.plays === null && day.floor !== null).length;
  const sentences = [
    text.t('chart.forecast.alt-finding', { title: spokenName(song.title), artist: spokenName(song.artist), origin, plays: estimate(text, total.q50), range: span(text, total.q10, total.q90) }),
    text.t('chart.forecast.alt-counted', { days: counted.length, plays: count(text, counted.reduce((sum, plays) => sum + plays, 0)) }),
    ...checkpoints
      .filter(({ day }) => day > origin && day < 60)
      .map((point) => text.t('chart.forecast.alt-checkpoint', { day: point.day, plays: estimate(text, point.q50), range: span(text, point.q10, point.q90) })),
    ...checkpoints.flatMap(({ day }) => {
      const plays = day > origin ? countedBy(answer, day) : null;
      return plays === null ? [] : [text.t('chart.forecast.alt-came-true', { day, plays: count(text, plays) })];
    }),
    last ? text.t('chart.forecast.alt-end', { plays: estimate(text, last.q50), range: span(text, last.q10, last.q90) }) : '',
    exitWords(answer, text),
    since.days > 0 ? text.t('chart.forecast.alt-since', since) : '',
    censored > 0 ? text.t('chart.forecast.alt-censored', { days: censored }) : '',
    text.t('chart.forecast.alt-source', { date: text.date(answer.dataDate), model: answer.model.id }),
  ];
  return altText(sentences, text);
}

/** Of the days counted after the origin, how many fell inside the band. */
export function sinceInside({ known, days, origin }: ForecastAnswer): { days: number; inside: number } {
  const since = known.filter((day) => day.day >= origin && day.plays !== null);
  const inside = since.filter(({ day, plays }) => {
    const band = days.find((forecast) => forecast.day === day);
    return band !== undefined && plays !== null && plays >= band.q10 && plays <= band.q90;
  });
  return { days: since.length, inside: inside.length };
}
