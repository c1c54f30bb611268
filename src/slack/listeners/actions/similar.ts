import { similarTo } from '../../../forecast/similar-to.ts';
import type { SlackContext } from '../../context.ts';
import { similarMessage } from '../../messages/similar.ts';
import { answerPrivately } from '../privately.ts';
import { askedBy, readAsk, type Press } from './press.ts';

/** A song button of /similar: the message that held it becomes the answer. */
export const similarAgain = (context: SlackContext) => async (press: Press) => {
  await press.ack();
  await answerPrivately(context, askedBy(press), true, async (reader) => {
    const { song } = readAsk(press.action.value);
    return similarMessage(await similarTo(context.services, song), reader.text, context.services.config.timeZone);
  });
};
