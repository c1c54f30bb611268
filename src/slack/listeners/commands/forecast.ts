import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { resolveSong } from '../../../catalogue/search.ts';
import type { Database } from '../../../db/client.ts';
import { UserError } from '../../../errors.ts';
import { ORIGINS, type Origin, type SongRef } from '../../../forecast/types.ts';
import { answerForecast } from '../../answers/forecast.ts';
import type { SlackContext } from '../../context.ts';
import { unescapeText } from '../../limits.ts';
import { choicesMessage } from '../../messages/choices.ts';
import { helpMessage } from '../../messages/words.ts';
import { answerPrivately } from '../privately.ts';

/** `/forecast <song id or title> [at 3|7|14|30]` */
export const forecastCommand =
  (context: SlackContext) =>
  async ({ ack, command, client, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const asked = { client, workspaceId: command.team_id, userId: command.user_id, respond };
    await answerPrivately(context, asked, false, async (reader) => {
      const words = unescapeText(command.text).trim();
      if (['', 'help', '?'].includes(words.toLowerCase())) return helpMessage(reader.text);
      const { query, origin, found } = await readForecastAsk(context.services.db, words);
      if ('candidates' in found) return choicesMessage(query, found.candidates, { command: 'forecast', origin }, reader.text);
      return await answerForecast(context, client, reader, { songId: found.song.id, origin });
    });
  };

type ForecastQuestion = { query: string; origin: Origin | undefined; found: { song: SongRef } | { candidates: SongRef[] } };

/** Reads "title at 7"; a title that itself ends in "at 7" wins over the reading as an origin. */
async function readForecastAsk(db: Database, query: string): Promise<ForecastQuestion> {
  const whole = await resolveSong(db, query);
  const split = /^(.+?)\s+at\s+(?:day\s+)?(\d+)$/i.exec(query);
  if (!split || 'song' in whole) return { query, origin: undefined, found: whole };
  const origin = ORIGINS.find((known) => known === Number(split[2]));
  if (!origin) throw new UserError('origin-unknown', { origins: ORIGINS.join(', '), asked: split[2] });
  return { query: split[1], origin, found: await resolveSong(db, split[1]) };
}
