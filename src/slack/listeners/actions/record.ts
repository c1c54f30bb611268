import { UserError } from '../../../errors.ts';
import { answerRecord } from '../../answers/record.ts';
import type { SlackContext } from '../../context.ts';
import { answerPrivately } from '../privately.ts';
import { askedBy, readAsk, type Press } from './press.ts';

/** "How right were earlier forecasts?": an answer of its own, so that the forecast stays in sight. */
export const forecastRecordAsked = (context: SlackContext) => async (press: Press) => {
  await press.ack();
  await answerPrivately(context, askedBy(press), false, async (reader) => {
    const { origin } = readAsk(press.action.value);
    if (!origin) throw new UserError('button-unknown');
    return await answerRecord(context, press.client, reader, origin);
  });
};
