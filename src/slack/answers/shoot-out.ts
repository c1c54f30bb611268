import type { WebClient } from '@slack/web-api';
import { shootOutChart } from '../../charts/shoot-out.ts';
import type { ListedDemo } from '../../db/queries/demo-list.ts';
import { loadScoreCard } from '../../score/card.ts';
import { compareDemos, scoredByAnother } from '../../score/compare-demos.ts';
import { activeScoreModel } from '../../score/own-model.ts';
import { ENTRANTS } from '../../score/shoot-out.ts';
import type { SlackContext } from '../context.ts';
import type { Message } from '../messages/message.ts';
import { otherModelsMessage, shootOutMessage } from '../messages/shoot-out.ts';
import type { Reader } from '../reader.ts';
import { pictureOf } from './picture.ts';

type Shown = { shared: boolean; /** Of more than ten, the ten that stand highest. */ highest?: boolean; hold?: (pictureId: string) => Promise<void> };

/**
 * Compares demos and writes the message, picture included; where another model than today's scored some of them, it says so instead.
 * @throws UserError shoot-out-size
 */
export async function answerShootOut({ services }: SlackContext, client: WebClient, reader: Reader, demos: readonly ListedDemo[], { shared, highest = false, hold }: Shown): Promise<Message> {
  const card = await loadScoreCard((await activeScoreModel(services)).cardPath);
  const others = scoredByAnother(card, demos);
  if (others.length > 0) return otherModelsMessage(others, demos.length, reader.text, shared);
  const compared = highest ? demos.toSorted((a, b) => b.percentile - a.percentile).slice(0, ENTRANTS.most) : demos;
  const answer = compareDemos(card, compared);
  const picture = await pictureOf(services, client, shootOutChart(answer, reader.text), 'shoot-out.png', hold);
  return shootOutMessage(answer, reader.text, picture, { of: demos.length, shared });
}
