import { spokenName } from '../../charts/alt.ts';
import type { SongRef } from '../../forecast/types.ts';
import type { Text } from '../../text/catalogue.ts';
import { escapeMrkdwn, fit, LIMITS } from '../limits.ts';
import type { ForecastAsk } from './forecast.ts';
import { buttons, section, type Message } from './message.ts';

/** What is asked of the song that is chosen. */
export type Asking = { command: 'forecast' | 'similar'; origin?: number | undefined };

/** "No song of that name: did you mean …", with the nearest titles as buttons; or that there is nothing near. */
export function choicesMessage(query: string, candidates: readonly SongRef[], { command, origin }: Asking, text: Text): Message {
  const asked = escapeMrkdwn(query);
  if (candidates.length === 0) {
    const none = text.t('choices.none', { query: asked });
    return { text: none, blocks: [section(none)] };
  }
  const several = text.t('choices.several', { query: asked });
  const labels = labelsOf(candidates, text);
  return {
    text: several,
    blocks: [
      section(several),
      ...buttons(
        candidates.map((song, index) => ({
          id: `${command}_song:${index}`,
          label: labels[index] ?? song.externalId,
          value: { song: song.id, ...(origin ? { origin } : {}) } satisfies ForecastAsk,
        })),
      ),
    ],
  };
}

/** Title and artist; what would read alike on a button (a release that came out again) carries its date, or its id where the dates are alike too. */
function labelsOf(songs: readonly SongRef[], text: Text): string[] {
  const names = songs.map(({ title, artist, externalId }) => text.t('forecast.headline', { title: spokenName(title) || externalId, artist }));
  const shown = names.map((name) => fit(name, LIMITS.button));
  return songs.map((song, index) => {
    const alike = songs.filter((_, other) => shown[other] === shown[index]);
    if (alike.length === 1) return shown[index] ?? '';
    const dated = song.releaseDate !== '' && alike.filter(({ releaseDate }) => releaseDate === song.releaseDate).length === 1;
    const mark = ` · ${dated ? text.date(song.releaseDate) : fit(song.externalId, LONGEST_ID)}`;
    return `${fit(names[index] ?? '', LIMITS.button - mark.length)}${mark}`;
  });
}

const LONGEST_ID = 40;
