import { z } from 'zod';
import { findDemos, type ListedDemo } from '../../../db/queries/demo-list.ts';
import { noteToldTogether, reopenScores } from '../../../db/queries/demo-told.ts';
import { UserError } from '../../../errors.ts';
import { ENTRANTS } from '../../../score/shoot-out.ts';
import { answerDemos } from '../../answers/demos.ts';
import { answerShootOut } from '../../answers/shoot-out.ts';
import type { SlackContext } from '../../context.ts';
import { pictureIn, section } from '../../messages/message.ts';
import { noteMessage } from '../../messages/words.ts';
import { postMessage } from '../../post.ts';
import type { Reader } from '../../reader.ts';
import { once } from '../once.ts';
import { answerPrivately } from '../privately.ts';
import { askedBy, type Press } from './press.ts';
import { demosAsk, pageAsk, readValue } from './read-value.ts';

const chosen = z.object({ demos: z.object({ demos_chosen: z.object({ selected_options: z.array(z.object({ value: z.uuid() })) }) }) });

/** "Older" and "newer" under /demos: the message becomes that page. */
export const demosPage = (context: SlackContext) => async (press: Press) => {
  await press.ack();
  await answerPrivately(context, askedBy(press), true, async (reader) => await answerDemos(context, reader, readValue(pageAsk, press.action.value).page));
};

/** A choice in the menu of /demos: nothing happens until "Compare" is pressed. */
export const demosChosen = async ({ ack }: { ack: () => Promise<void> }): Promise<void> => await ack();

/** "Compare": an answer of its own, so that the list stays in sight. */
export const demosCompare = (context: SlackContext) => async (press: Press) => {
  await press.ack();
  await answerPrivately(context, askedBy(press), false, async (reader) => {
    const state = chosen.safeParse(press.body.state?.values);
    const ids = state.success ? [...new Set(state.data.demos.demos_chosen.selected_options.map(({ value }) => value))] : [];
    if (ids.length < ENTRANTS.fewest || ids.length > ENTRANTS.most) throw new UserError('shoot-out-size', { given: ids.length, ...ENTRANTS });
    return await answerShootOut(context, press.client, reader, await ownDemos(context, reader, ids), { shared: false });
  });
};

/** "Post to channel": the same answer for everyone, once however often it is pressed, said to be posted by the one who pressed. */
export const comparePost = (context: SlackContext) => async (press: Press) => {
  await press.ack();
  await answerPrivately(context, askedBy(press), true, async (reader) => {
    const { sql } = context.services.db;
    const { demos: ids } = readValue(demosAsk, press.action.value);
    const channel = press.body.channel?.id;
    if (!channel) throw new UserError('button-unknown');
    const demos = await ownDemos(context, reader, ids);
    const pressed = `post ${press.body.container.message_ts ?? ''} ${reader.userId}`;
    await once(context, { workspaceId: reader.workspaceId, eventId: pressed }, async () => {
      const message = await answerShootOut(context, press.client, reader, demos, { shared: true });
      const byline = section(reader.text.t('forecast.posted-by', { user: `<@${reader.userId}>` }));
      const messageTs = await postMessage(press.client, { channel }, { ...message, blocks: [byline, ...message.blocks] });
      await noteToldTogether(sql, filesOf(demos), { workspaceId: reader.workspaceId, channel, threadTs: null, messageTs, pictureId: pictureIn(message) ?? null, what: 'posted' });
    });
    return noteMessage(reader.text.t('forecast.posted'));
  });
};

/** "Score again": demos that another model scored are scored by today's, each in the message that told of it. */
export const compareAgain = (context: SlackContext) => async (press: Press) => {
  await press.ack();
  await answerPrivately(context, askedBy(press), true, async (reader) => {
    const demos = await ownDemos(context, reader, readValue(demosAsk, press.action.value).demos);
    let queued = 0;
    for (const fileId of filesOf(demos)) queued += await scoreAgain(context, reader, fileId);
    if (queued === 0) throw new UserError('demos-not-again');
    return noteMessage(reader.text.t('demos.again', { demos: queued }));
  });
};

async function scoreAgain({ services, queue }: SlackContext, { workspaceId, userId }: Reader, fileId: string): Promise<number> {
  return await services.db.sql.begin(async (tx) => {
    const [place] = await reopenScores(tx, workspaceId, fileId);
    if (place) await queue.send('score-demo', { workspaceId, fileId, userId, channel: place.channel, ...(place.threadTs ? { threadTs: place.threadTs } : {}) }, tx);
    return place ? 1 : 0;
  });
}

const filesOf = (demos: readonly ListedDemo[]): string[] => demos.flatMap(({ fileId }) => fileId ?? []);

/** Ids come back from outside, too: every one must be a demo of the presser's workspace. @throws UserError demos-gone */
async function ownDemos({ services }: SlackContext, { workspaceId }: Reader, ids: readonly string[]): Promise<ListedDemo[]> {
  const demos = await findDemos(services.db.sql, workspaceId, ids);
  if (demos.length < ids.length) throw new UserError('demos-gone', { gone: ids.length - demos.length });
  return demos;
}
