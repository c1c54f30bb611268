import type { AllMiddlewareArgs, SlackOptionsMiddlewareArgs } from '@slack/bolt';
import { findSongs } from '../../../catalogue/search.ts';
import type { SlackContext } from '../../context.ts';
import { songOption } from '../../messages/demos.ts';

/** As many as are read at a glance. */
const MOST_OFFERED = 20;

/** Songs that fit what was typed so far into a menu. */
export const songSearch =
  (context: SlackContext) =>
  async ({ ack, options, body, client }: SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs): Promise<void> => {
    const { text } = await context.readerOf(client, body.team?.id ?? '', body.user.id);
    const songs = await findSongs(context.services.db, options.value, { limit: MOST_OFFERED });
    await ack({ options: songs.map((song) => songOption(song, text)) });
  };
