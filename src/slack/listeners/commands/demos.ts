import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { answerDemos } from '../../answers/demos.ts';
import type { SlackContext } from '../../context.ts';
import { helpMessage } from '../../messages/words.ts';
import { answerPrivately } from '../privately.ts';

/** `/demos`: the scored demos that the asker shared or that are shared in the channel, to be compared and tied to released songs. */
export const demosCommand =
  (context: SlackContext) =>
  async ({ ack, command, client, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const asked = { client, workspaceId: command.team_id, userId: command.user_id, respond };
    await answerPrivately(context, asked, false, async (reader) => (command.text.trim() === '' ? await answerDemos(context, { ...reader, channel: command.channel_id }, 0) : helpMessage(reader.text)));
  };
