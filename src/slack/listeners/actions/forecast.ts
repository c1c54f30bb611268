import { UserError } from '../../../errors.ts';
import { answerForecast } from '../../answers/forecast.ts';
import type { SlackContext } from '../../context.ts';
import { section } from '../../messages/message.ts';
import { postMessage } from '../../post.ts';
import { once } from '../once.ts';
import { answerPrivately } from '../privately.ts';
import { askedBy, readAsk, type Press } from './press.ts';

/** A song button or an origin button: the message that held it becomes the forecast. */
export const forecastAgain = (context: SlackContext) => async (press: Press) => {
  await press.ack();
  await answerPrivately(context, askedBy(press), true, async (reader) => {
    const { song, origin } = readAsk(press.action.value);
    return await answerForecast(context, press.client, reader, { songId: song, origin });
  });
};

/** "Post to channel": the same answer for everyone, once however often it is pressed, said to be posted by the one who pressed. */
export const forecastPost = (context: SlackContext) => async (press: Press) => {
  await press.ack();
  await answerPrivately(context, askedBy(press), true, async (reader) => {
    const { song, origin } = readAsk(press.action.value);
    const channel = press.body.channel?.id;
    if (!channel) throw new UserError('button-unknown');
    const pressed = `post ${press.body.container.message_ts ?? ''} ${reader.userId}`;
    await once(context, { workspaceId: reader.workspaceId, eventId: pressed }, async () => {
      const message = await answerForecast(context, press.client, reader, { songId: song, origin }, true);
      const byline = section(reader.text.t('forecast.posted-by', { user: `<@${reader.userId}>` }));
      await postMessage(press.client, { channel }, { ...message, blocks: [byline, ...message.blocks] });
    });
    const done = reader.text.t('forecast.posted');
    return { text: done, blocks: [section(done)] };
  });
};
