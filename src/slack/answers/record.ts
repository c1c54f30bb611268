import type { WebClient } from '@slack/web-api';
import { recordChart } from '../../charts/record.ts';
import { forecastRecord, MOST_DRAWN } from '../../forecast/record.ts';
import { recordPeriods } from '../../forecast/record-periods.ts';
import type { Origin } from '../../forecast/types.ts';
import type { SlackContext } from '../context.ts';
import type { Message } from '../messages/message.ts';
import { recordMessage } from '../messages/record.ts';
import type { Reader } from '../reader.ts';
import { pictureOf } from './picture.ts';

/** Tells how the forecasts made on this day turned out, picture included. */
export async function answerRecord({ services }: SlackContext, client: WebClient, { text }: Reader, origin: Origin): Promise<Message> {
  const { summary, rows } = await forecastRecord(services, origin, MOST_DRAWN);
  const chart = recordChart({ origin, summary, ...recordPeriods(rows) }, text);
  const picture = chart && (await pictureOf(services, client, chart, `record-day-${origin}.png`));
  return recordMessage({ origin, summary, drawn: chart !== undefined }, text, picture, services.config.timeZone);
}
