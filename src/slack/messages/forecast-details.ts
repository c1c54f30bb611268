import type { KnownBlock } from '@slack/types';
import { exitWords, reasonWords, separationWords, similarSongWords } from '../../charts/explain-words.ts';
import type { ForecastAnswer } from '../../forecast/types.ts';
import type { Text } from '../../text/catalogue.ts';
import { escapeMrkdwn } from '../limits.ts';
import { section } from './message.ts';

const list = (heading: string, lines: readonly string[]): KnownBlock => section([...(heading ? [`*${heading}*`] : []), ...lines.map((line) => `• ${line}`)].join('\n'));

/** Why: the largest reasons, and whether a second method agrees on the first. */
export function reasonBlocks({ why }: Pick<ForecastAnswer, 'why'>, text: Text): KnownBlock[] {
  const reasons = reasonWords({ why }, text);
  if (reasons.length === 0) return [];
  return [list(text.t('forecast.why'), reasons), ...(why.disputed ? [section(`_${text.t('forecast.why-disputed')}_`)] : [])];
}

/** What goes when the song leaves the new-song chart; nothing where no plays came from it. */
export function chartExitBlocks(answer: Pick<ForecastAnswer, 'chartExit' | 'origin'>, text: Text): KnownBlock[] {
  const words = exitWords(answer, text);
  return words ? [section(words)] : [];
}

/** Songs that began like this one, and what told those that held from those that fell. `heading`: what stands over the songs. */
export function similarBlocks({ similar }: Pick<ForecastAnswer, 'similar'>, text: Text, heading = text.t('similar.title')): KnownBlock[] {
  if (similar.songs.length === 0) return [];
  const songs = similar.songs.map((song) => similarSongWords(song, text, escapeMrkdwn));
  const [first] = similar.separated;
  const separated = similar.separated.map((one) => separationWords(one, text));
  return [list(heading, songs), ...(first ? [list(text.t('similar.separated', { n: first.held + first.fell }), separated)] : [])];
}
