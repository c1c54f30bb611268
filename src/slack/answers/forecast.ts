import type { WebClient } from '@slack/web-api';
import { forecastChart } from '../../charts/forecast.ts';
import { forecastSong } from '../../forecast/forecast-song.ts';
import type { Origin } from '../../forecast/types.ts';
import type { SlackContext } from '../context.ts';
import { forecastMessage } from '../messages/forecast.ts';
import type { Message } from '../messages/message.ts';
import type { Reader } from '../reader.ts';
import { pictureOf } from './picture.ts';

/** Forecasts a song and writes the message, picture included. */
export async function answerForecast(
  { services }: SlackContext,
  client: WebClient,
  reader: Reader,
  ask: { songId: number; origin?: Origin },
  shared = false,
): Promise<Message> {
  const answer = await forecastSong(services, ask);
  const picture = await pictureOf(services, client, forecastChart(answer, reader.text), `forecast-${answer.song.id}-day-${answer.origin}.png`);
  return forecastMessage(answer, reader.text, picture, services.config.timeZone, shared);
}
