import { spokenName } from '../../charts/alt.ts';
import { modelWords, recordWords } from '../../charts/explain-words.ts';
import { count, estimate, span } from '../../charts/figures.ts';
import { checkpointWords, sinceInside } from '../../charts/forecast-words.ts';
import { ORIGINS, type ForecastAnswer } from '../../forecast/types.ts';
import type { Text } from '../../text/catalogue.ts';
import type { Picture } from '../files.ts';
import { escapeMrkdwn } from '../limits.ts';
import { chartExitBlocks, reasonBlocks, similarBlocks } from './forecast-details.ts';
import { buttons, context, header, image, section, type Button, type Message } from './message.ts';

/** What a song or forecast button carries: enough to ask (again), nothing to trust. */
export type ForecastAsk = { song: number; origin?: number };

/** The answer to /forecast. `shared`: posted to a channel, so without the buttons of the private answer. */
export function forecastMessage(answer: ForecastAnswer, text: Text, picture: Picture | undefined, timeZone: string, shared = false): Message {
  const { song, origin, total } = answer;
  const finding = text.t('forecast.finding', { total: estimate(text, total.q50), range: span(text, total.q10, total.q90), origin });
  const checkpoints = answer.checkpoints.map((point) => text.t('forecast.checkpoint', { day: point.day, ...checkpointWords(point, origin, text) }));
  const headline = text.t('forecast.headline', { title: spokenName(song.title) || song.externalId, artist: song.artist });
  return {
    text: `${escapeMrkdwn(headline)}: ${finding.replaceAll('*', '')}`,
    blocks: [
      header(headline),
      section(finding),
      ...image(picture),
      { type: 'section', fields: checkpoints.map((line) => ({ type: 'mrkdwn', text: line })) },
      ...soFar(answer, text),
      ...chartExitBlocks(answer, text),
      ...reasonBlocks(answer, text),
      ...similarBlocks(answer, text),
      context(
        text.t('record.said', { words: recordWords(answer.record, origin, text) }),
        text.t('forecast.footer', {
          date: text.date(answer.dataDate),
          released: text.date(song.releaseDate),
          zone: timeZone,
          model: escapeMrkdwn(answer.model.id),
          songs: answer.model.fittedOn,
        }),
        modelWords(answer, text),
      ),
      ...(shared ? [] : buttons(followUps(answer, text))),
    ],
  };
}

/** What came true since the origin, when anything has. */
function soFar(answer: ForecastAnswer, text: Text) {
  const { days: since, inside } = sinceInside(answer);
  if (since === 0) return [];
  const observed = answer.known.filter(({ plays }) => plays !== null);
  const plays = observed.reduce((sum, day) => sum + (day.plays ?? 0), 0);
  return [section(text.t('forecast.so-far', { plays: count(text, plays), days: observed.length, since, inside }))];
}

function followUps({ song, origin, known }: ForecastAnswer, text: Text): Button[] {
  const ask = (other: number): ForecastAsk => ({ song: song.id, origin: other });
  const others = ORIGINS.filter((other) => other !== origin && other <= known.length);
  return [
    { id: 'forecast_post', label: text.t('button.post'), value: ask(origin), primary: true },
    ...others.map((other) => ({ id: `forecast_origin:${other}`, label: text.t('button.origin', { origin: other }), value: ask(other) })),
    { id: 'forecast_record', label: text.t('button.record'), value: ask(origin) },
  ];
}
