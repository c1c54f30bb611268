import type { NearestSong, Predicted, Range, ScoreAnswer, ScoreModel, Span } from '../score/types.ts';
import type { Text } from '../text/catalogue.ts';
import { spokenName } from './alt.ts';
import { clock, estimate, shownPercentile, span } from './figures.ts';
import { quietSlices } from './score-quiet.ts';

// What a score says beside its pictures, in sentences without markup: the same in Slack and in a terminal.

/** A part that changes the plays by less than this many per cent is not named. */
const LEAST_PERCENT = 1;

/** The values that most messages of a score want. */
export const scoreValues = ({ score, interval, quadrant, hook, seconds }: ScoreAnswer, text: Text) => ({
  score: shownPercentile(score),
  low: shownPercentile(interval.low),
  high: shownPercentile(interval.high),
  level: Math.round(interval.level * 100),
  quadrant: text.t(`score.quadrant.${quadrant}`),
  start: clock(hook.start),
  end: clock(hook.end),
  length: clock(seconds),
});

/** The name of a demo as it is said. */
export const demoName = ({ title }: Pick<ScoreAnswer, 'title'>, text: Text): string => spokenName(title) || text.t('score.untitled');

/** That a demonstration scored, and why it was not a model of the catalogue's own; '' for the catalogue's own. */
export const demonstrationWords = ({ demonstration, why }: ScoreModel, text: Text): string => (demonstration ? text.t(`score.demonstration.${why ?? 'own'}`) : '');

/** Which songs the percentiles are among. */
export function referenceWords({ model, reference: { source, songs, from, to } }: Pick<ScoreAnswer, 'model' | 'reference'>, text: Text): string {
  const period = { songs, from: text.date(from), to: text.date(to) };
  return model.demonstration ? text.t('score.reference-demonstration', period) : text.t('score.reference', { ...period, source });
}

/** Where the scored part lies and how it was chosen. */
export const hookWords = ({ hook, hookBy }: Pick<ScoreAnswer, 'hook' | 'hookBy'>, text: Text): string => text.t(`score.hook.${hookBy}`, { start: clock(hook.start), end: clock(hook.end) });

/** "8,100–19,000" and "2.1–2.6". */
export const listenersRange = ({ low, high }: Pick<Predicted, 'low' | 'high'>, text: Text): string => span(text, low, high);
export function playsRange({ low, high }: Pick<Predicted, 'low' | 'high'>, text: Text): string {
  const [from, to] = [text.number(low, 2), text.number(high, 2)];
  return from === to ? from : `${from}–${to}`;
}

export const lufsWords = (lufs: number, text: Text): string => new Intl.NumberFormat(text.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(lufs).replace('-', '−');

/** Length, loudness, and what the file says of itself where its name doesn't. */
export function recordingWords({ title, seconds, level: { lufs }, tags }: Pick<ScoreAnswer, 'title' | 'seconds' | 'level' | 'tags'>, text: Text): string[] {
  return [
    text.t('score.recording', { length: clock(seconds) }),
    ...(lufs === null ? [] : [text.t('score.level', { lufs: lufsWords(lufs, text) })]),
    ...tagWords(title, tags, text),
    ...(tags.isrc ? [text.t('score.tag-isrc', { isrc: tags.isrc })] : []),
  ];
}

/** Title and artist as the file gives them, both as soon as its name lacks one of them. */
function tagWords(fileName: string, tags: ScoreAnswer['tags'], text: Text): string[] {
  const [title, artist] = [spokenName(tags.title ?? ''), spokenName(tags.artist ?? '')];
  if ([title, artist].every((part) => fold(fileName).includes(fold(part)))) return [];
  if (title && artist) return [text.t('score.tag-title-artist', { title, artist })];
  return [title ? text.t('score.tag-title', { title }) : text.t('score.tag-artist', { artist })];
}

const fold = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** @example bandName({ low: 416, high: 831 }, textFor('en')) // '420–830 Hz' */
export function bandName(band: Range, text: Text): string {
  const [low, high] = [band.low, band.high].map((edge) => Number(edge.toPrecision(2))) as [number, number];
  return high < 1000 ? `${text.number(low)}–${text.number(high)} Hz` : `${text.number(low / 1000, 2)}–${text.number(high / 1000, 2)} kHz`;
}

/** @example spanName({ start: 65.3, end: 67.3 }) // '1:05–1:07' */
export const spanName = ({ start, end }: Span): string => `${clock(start)}–${clock(end)}`;

/**
 * What a part does to the predicted plays: plays with it over plays without it, less 1; never below -1.
 * @param change of the natural log of plays when the part is taken out
 * @example effectOf(Math.log(2)) // -0.5: with the part half as many plays as without
 */
export const effectOf = (change: number): number => Math.exp(-change) - 1;

type Heard = Pick<ScoreAnswer, 'occlusion' | 'spectrogram'>;
type Moved = { name: string; percent: number };

const percentOf = (change: number | undefined): number => Math.round(100 * effectOf(change ?? 0));

/** The slice and the band that raised the score most, then those that lowered it most; parts that hardly moved it or are next to silent are left out. */
export function strongestParts({ occlusion: { slices, bands, time, frequency }, spectrogram }: Heard, text: Text): { raised: Moved[]; lowered: Moved[] } {
  const quiet = quietSlices(spectrogram, slices);
  const times = slices.map((slice, at) => ({ name: spanName(slice), percent: quiet[at] ? 0 : percentOf(time[at]) }));
  const sounds = bands.map((band, at) => ({ name: bandName(band, text), percent: percentOf(frequency[at]) }));
  const best = (sign: 1 | -1) =>
    [times.length > 1 ? times : [], sounds]
      .flatMap((parts) => parts.toSorted((a, b) => sign * (b.percent - a.percent)).slice(0, 1))
      .filter(({ percent }) => sign * percent >= LEAST_PERCENT)
      .toSorted((a, b) => sign * (b.percent - a.percent));
  return { raised: best(1), lowered: best(-1) };
}

/** What moved the score, in a sentence or two. */
export function movedWords(heard: Heard, text: Text): string {
  const { raised, lowered } = strongestParts(heard, text);
  const said = (key: 'score.raised' | 'score.lowered', part: 'score.part-fewer' | 'score.part-more', moved: Moved[]) =>
    moved.length > 0 ? [text.t(key, { parts: listed(moved.map(({ name, percent }) => text.t(part, { part: name, percent: Math.abs(percent) })), text) })] : [];
  const sentences = [...said('score.raised', 'score.part-more', raised), ...said('score.lowered', 'score.part-fewer', lowered)];
  return sentences.length > 0 ? sentences.join(text.locale === 'en' ? ' ' : '') : text.t('score.unmoved', { percent: LEAST_PERCENT });
}

/** Chinese lists set no space before a part that begins with a digit. */
const listed = (parts: string[], text: Text): string => new Intl.ListFormat(text.locale === 'en' ? 'en-GB' : text.locale).format(parts).replace(/和(?=\d)/, '和 ');

/** What stands over the nearest songs: those of the demonstration are made up. */
export const nearestHeading = ({ model }: Pick<ScoreAnswer, 'model'>, text: Text): string => text.t('score.nearest', { demonstration: model.demonstration ? 'yes' : 'no' });

/** A nearest song with what it reached. @param safe what is done to names before they are shown */
export function nearestSongWords({ title, artist, listeners, playsPerListener }: NearestSong, text: Text, safe: (name: string) => string = (name) => name): string {
  const values = { listeners: estimate(text, listeners), plays: text.number(playsPerListener, 2) };
  return text.t('score.nearest-song', { ...values, title: safe(spokenName(title)), artist: safe(spokenName(artist)) });
}

/** Warnings that the sentence about the scored part doesn't say already. */
export const warningWords = (warnings: ScoreAnswer['warnings'], text: Text, safe: (values: Record<string, string | number>) => Record<string, string | number> = (values) => values): string[] =>
  warnings.filter(({ code }) => !code.startsWith('hook-')).map(({ code, context }) => text.maybe(`warning.${code}`, safe(context), 'warning.other'));
