import { modelWords, reasonWords, recordWords, separationWords, similarSongWords } from '../charts/explain-words.ts';
import type { ForecastAnswer } from '../forecast/types.ts';
import type { Text } from '../text/catalogue.ts';

const listed = (heading: string, lines: readonly string[]): string[] => (lines.length > 0 ? [heading, ...lines.map((line) => `  ${line}`)] : []);

/** Why a forecast says what it says, and how far to trust it: the words of Slack, a line each, after the picture's own (which tell of the chart exit). */
export function explainedLines(answer: ForecastAnswer, text: Text): string[] {
  return [
    ...listed(text.t('forecast.why'), reasonWords(answer, text)),
    answer.why.disputed ? text.t('forecast.why-disputed') : '',
    ...similarLines(answer, text, text.t('similar.title')),
    text.t('record.said', { words: recordWords(answer.record, answer.origin, text) }),
    modelWords(answer, text),
  ].filter(Boolean);
}

/** The songs that began like one under their heading, and what told those that held from those that fell. */
export function similarLines({ similar }: Pick<ForecastAnswer, 'similar'>, text: Text, heading: string): string[] {
  const [first] = similar.separated;
  return [
    ...listed(heading, similar.songs.map((song) => similarSongWords(song, text))),
    ...(first ? listed(text.t('similar.separated', { n: first.held + first.fell }), similar.separated.map((one) => separationWords(one, text))) : []),
  ];
}
