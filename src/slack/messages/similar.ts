import { spokenName } from '../../charts/alt.ts';
import type { ForecastAnswer } from '../../forecast/types.ts';
import type { Text } from '../../text/catalogue.ts';
import { escapeMrkdwn } from '../limits.ts';
import { similarBlocks } from './forecast-details.ts';
import { context, header, section, type Message } from './message.ts';

/** The answer to /similar. */
export function similarMessage(answer: Pick<ForecastAnswer, 'song' | 'origin' | 'dataDate' | 'similar'>, text: Text, timeZone: string): Message {
  const headline = text.t('similar.headline', { title: spokenName(answer.song.title) || answer.song.externalId, artist: answer.song.artist });
  const blocks = similarBlocks(answer, text, '');
  return {
    text: escapeMrkdwn(headline),
    blocks: [
      header(headline),
      ...(blocks.length > 0 ? blocks : [section(text.t('similar.none'))]),
      context(text.t('similar.footer', { origin: answer.origin, date: text.date(answer.dataDate), zone: timeZone })),
    ],
  };
}
