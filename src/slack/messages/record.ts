import { recordWords } from '../../charts/explain-words.ts';
import { FEWEST_FORECASTS } from '../../charts/record.ts';
import type { RecordSummary } from '../../forecast/record.ts';
import type { Origin } from '../../forecast/types.ts';
import type { Text } from '../../text/catalogue.ts';
import type { Picture } from '../files.ts';
import { context, header, image, section, type Message } from './message.ts';

/** How earlier forecasts made on this day turned out: in words, and in a picture once there is enough to draw. */
export function recordMessage(record: { origin: Origin; summary: RecordSummary; drawn: boolean }, text: Text, picture: Picture | undefined, timeZone: string): Message {
  const words = recordWords(record.summary, record.origin, text);
  const later = record.drawn ? [] : [text.t('record.no-picture', { forecasts: FEWEST_FORECASTS })];
  return {
    text: words,
    blocks: [header(text.t('record.headline')), section(words), ...image(picture), context(...later, text.t('record.footer', { zone: timeZone }))],
  };
}
