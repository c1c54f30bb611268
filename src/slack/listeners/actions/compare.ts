import { z } from 'zod';
import { findDemos, type ListedDemo } from '../../../db/queries/demo-list.ts';
import type { DemoReader } from '../../../db/queries/demo-seen.ts';
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
import { askedBy, demoReader, type Press } from './press.ts';
import { demosAsk, pageAsk, readValue } from './read-value.ts';

const chosen = z.object({ demos: z.object({ demos_chosen: z.object({ selected_options: z.array(z.object({ value: z.uuid() })) }) }) });

/** "Older" and "newer" under /demos: the message becomes that page. */
export const demosPage = (context: SlackContext) => async (press: Press) => {
  await press.ack();
  await answerPrivately(context, askedBy(press), true, async (reader) => await answerDemos(context, { ...reader, ...demoReader(press) }, readValue(pageAsk, press.action.value).page));
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
    return await answerShootOut(context, press.client, reader, await seenDemos(context, demoReader(press), ids), { shared: false });
  });
};

/** "Post to channel": the same answer for everyone, once however often it is pressed, said to be posted by the one who pressed. Only of demos that everyone there sees. */
export const comparePost = (context: SlackContext) => async (press: Press) => {
  await press.ack();
  await answerPrivately(context, askedBy(press), true, async (reader) => {
    const { sql } = context.services.db;
    const { demos: ids } = readValue(demosAsk, press.action.value);
    const channel = press.body.channel?.id;
    if (!channel) throw new UserError('button-unknown');
    const demos = await seenDemos(context, demoReader(press), ids);
    const known = await findDemos(sql, { workspaceId: reader.workspaceId, channel }, ids);
    if (known.length < demos.length) throw new UserError('demos-elsewhere', { elsewhere: demos.length - known.length });
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

/** "Score again": demos that another model scored are scored by today's, each in every message that told of it. */
export const compareAgain = (context: SlackContext) => async (press: Press) => {
  await press.ack();
  await answerPrivately(context, askedBy(press), true, async (reader) => {
    const demos = await seenDemos(context, demoReader(press), readValue(demosAsk, press.action.value).demos);
    let queued = 0;
    for (const fileId of filesOf(demos)) queued += await scoreAgain(context, reader, fileId);
    if (queued === 0) throw new UserError('demos-not-again');
    return noteMessage(reader.text.t('demos.again', { demos: queued }));
  });
};

async function scoreAgain({ services, queue }: SlackContext, { workspaceId, userId }: Reader, fileId: string): Promise<number> {
  return await services.db.sql.begin(async (tx) => {
    const places = await reopenScores(tx, workspaceId, fileId);
    for (const { channel, threadTs } of places) await queue.send('score-demo', { workspaceId, fileId, userId, channel, ...(threadTs ? { threadTs } : {}) }, tx);
    return places.length > 0 ? 1 : 0;
  });
}

const filesOf = (demos: readonly ListedDemo[]): string[] => demos.flatMap(({ fileId }) => fileId ?? []);

/** Ids come back from outside, too: every one must be a demo that the presser sees. @throws UserError demos-gone */
async function seenDemos({ services }: SlackContext, reader: DemoReader, ids: readonly string[]): Promise<ListedDemo[]> {
  const demos = await findDemos(services.db.sql, reader, ids);
  if (demos.length < ids.length) throw new UserError('demos-gone', { gone: ids.length - demos.length });
  return demos;
}
