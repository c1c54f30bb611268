import { linkDemo } from '../../../db/queries/demo-link.ts';
import { findDemos } from '../../../db/queries/demo-list.ts';
import { UserError } from '../../../errors.ts';
import type { SlackContext } from '../../context.ts';
import { linkedView, linkedWords, linkView } from '../../messages/demos.ts';
import { explain } from '../../problem.ts';
import { answerPrivately } from '../privately.ts';
import { askedBy, demoReader, type Press } from './press.ts';
import { demoAsk, linkAsk, readValue } from './read-value.ts';

/** "Link to its released song": opens the modal that asks which. What goes wrong is answered beside the list. */
export const demoLinkAsked = (context: SlackContext) => async (press: Press) => {
  await press.ack();
  const { services } = context;
  const { workspaceId, userId } = askedBy(press);
  const reader = await context.readerOf(press.client, workspaceId, userId);
  try {
    const { demo: id } = readValue(demoAsk, press.action.value);
    const seer = demoReader(press);
    const [demo] = await findDemos(services.db.sql, seer, [id]);
    if (!demo) throw new UserError('demos-gone', { gone: 1 });
    await press.client.views.open({ trigger_id: press.body.trigger_id, view: linkView(demo, seer.channel, reader.text) });
  } catch (error) {
    await answerPrivately(context, askedBy(press), false, async () => {
      throw error;
    });
  }
};

/** "Remove the link" in that modal. */
export const demoUnlinked = (context: SlackContext) => async (press: Press) => {
  await press.ack();
  const { sql } = context.services.db;
  const { workspaceId, userId } = askedBy(press);
  const { text } = await context.readerOf(press.client, workspaceId, userId);
  const unlink = async (): Promise<string[]> => {
    const { demo: demoId, channel } = readValue(linkAsk, press.action.value);
    const seer = { workspaceId, userId, channel };
    const [demo] = (await linkDemo(sql, seer, { demoId, songId: null })) ? await findDemos(sql, seer, [demoId]) : [];
    if (!demo) throw new UserError('demos-gone', { gone: 1 });
    return linkedWords(demo, undefined, text);
  };
  const words = await unlink().catch((error: unknown) => [explain(error, text, context.services.log).text]);
  await press.client.views.update({ view_id: press.body.view?.id ?? '', view: linkedView(words, text) });
};
