import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { UserError } from '../../../errors.ts';
import { ORIGINS } from '../../../forecast/types.ts';
import { answerForecast } from '../../answers/forecast.ts';
import type { SlackContext } from '../../context.ts';
import { section } from '../../messages/message.ts';
import { postMessage } from '../../post.ts';
import { once } from '../once.ts';
import { answerPrivately, type Asked } from '../privately.ts';

type Press = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

const forecastAsk = z.object({ song: z.int().positive(), origin: z.literal([...ORIGINS]).optional() });

/** A button's value comes back from outside: anything but our own shape is refused. */
function readAsk(value = ''): z.infer<typeof forecastAsk> {
  try {
    return forecastAsk.parse(JSON.parse(value));
  } catch (error) {
    throw new UserError('button-unknown', {}, { cause: error });
  }
}

const askedBy = ({ body, client, respond }: Press): Asked => ({ client, workspaceId: body.team?.id ?? '', userId: body.user.id, respond });

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
