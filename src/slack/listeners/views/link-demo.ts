import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import { findTrajectorySong } from '../../../db/queries/trajectory-song.ts';
import { linkDemo } from '../../../db/queries/demo-link.ts';
import { findDemos, type ListedDemo } from '../../../db/queries/demo-list.ts';
import type { DemoReader } from '../../../db/queries/demo-seen.ts';
import { UserError } from '../../../errors.ts';
import { outcomesOf } from '../../../score/outcome.ts';
import type { SlackContext } from '../../context.ts';
import { linkedView, linkedWords } from '../../messages/demos.ts';
import { explain } from '../../problem.ts';
import { linkAsk, readValue } from '../actions/read-value.ts';

const songChosen = z.object({ song: z.object({ song_search: z.object({ selected_option: z.object({ value: z.coerce.number().int().positive() }) }) }) });

/** The modal was sent: ties the demo to the song, says so at once, and adds what came of it when it has been counted. */
export const demoLinked =
  (context: SlackContext) =>
  async ({ ack, body, view, client }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const { services } = context;
    const workspaceId = body.team?.id ?? '';
    const { text } = await context.readerOf(client, workspaceId, body.user.id);
    let demo: ListedDemo;
    try {
      demo = await link(context, { workspaceId, userId: body.user.id }, view.private_metadata, view.state.values);
    } catch (error) {
      return void (await ack({ response_action: 'errors', errors: { song: explain(error, text, services.log).text } }));
    }
    await ack({ response_action: 'update', view: linkedView(linkedWords(demo, undefined, text), text) });
    const [outcome] = await outcomesOf(services, [demo]);
    if (outcome) await client.views.update({ view_id: view.id, view: linkedView(linkedWords(demo, outcome, text), text) });
  };

/** Metadata and values come back from outside: the demo must be one that the sender sees, and the song one of the catalogue. */
async function link({ services: { db } }: SlackContext, sender: Omit<DemoReader, 'channel'>, metadata: string, values: unknown): Promise<ListedDemo> {
  const { demo: demoId, channel } = readValue(linkAsk, metadata);
  const reader = { ...sender, channel };
  const chosen = songChosen.safeParse(values);
  const songId = chosen.success ? chosen.data.song.song_search.selected_option.value : undefined;
  if (songId === undefined || !(await findTrajectorySong(db.sql, songId))) throw new UserError('song-gone');
  const [demo] = (await linkDemo(db.sql, reader, { demoId, songId })) ? await findDemos(db.sql, reader, [demoId]) : [];
  if (!demo) throw new UserError('demos-gone', { gone: 1 });
  return demo;
}
