import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { resolveSong } from '../../../catalogue/search.ts';
import { similarTo } from '../../../forecast/similar-to.ts';
import type { SlackContext } from '../../context.ts';
import { unescapeText } from '../../limits.ts';
import { choicesMessage } from '../../messages/choices.ts';
import { similarMessage } from '../../messages/similar.ts';
import { helpMessage } from '../../messages/words.ts';
import { answerPrivately } from '../privately.ts';

/** `/similar <song id or title>` */
export const similarCommand =
  (context: SlackContext) =>
  async ({ ack, command, client, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const asked = { client, workspaceId: command.team_id, userId: command.user_id, respond };
    await answerPrivately(context, asked, false, async (reader) => {
      const { services } = context;
      const query = unescapeText(command.text).trim();
      if (['', 'help', '?'].includes(query.toLowerCase())) return helpMessage(reader.text);
      const found = await resolveSong(services.db, query);
      if ('candidates' in found) return choicesMessage(query, found.candidates, { command: 'similar' }, reader.text);
      return similarMessage(await similarTo(services, found.song.id), reader.text, services.config.timeZone);
    });
  };
