import type { SongRef } from '../../forecast/types.ts';
import type { Text } from '../../text/catalogue.ts';
import { escapeMrkdwn } from '../limits.ts';
import { buttons, section, type Message } from './message.ts';

/** What a song button carries. */
export type SongChoice = { song: number; origin?: number };

/** "No song of that name: did you mean …", with the nearest titles as buttons; or that there is nothing near. */
export function choicesMessage(query: string, candidates: readonly SongRef[], origin: number | undefined, text: Text): Message {
  const asked = escapeMrkdwn(query);
  if (candidates.length === 0) {
    const none = text.t('choices.none', { query: asked });
    return { text: none, blocks: [section(none)] };
  }
  const several = text.t('choices.several', { query: asked });
  return {
    text: several,
    blocks: [
      section(several),
      ...buttons(
        candidates.map((song, index) => ({
          id: `forecast_song:${index}`,
          label: text.t('forecast.headline', { title: song.title, artist: song.artist }),
          value: { song: song.id, ...(origin ? { origin } : {}) } satisfies SongChoice,
        })),
      ),
    ],
  };
}
